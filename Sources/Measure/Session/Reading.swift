/// One scrape of one server, or one look at one GPU: what each series said at a moment.
package struct Reading: Sendable, Hashable {
    /// Who was read: unique in the session.
    package var source: SourceID
    package var at: Moment
    /// The names of the source's series, those that are gone included: a series keeps its place, new ones come
    /// behind. (The same array from one reading to the next: it costs nothing.)
    package var series: [Shown]
    /// By the series' place; nil where it wasn't said this time.
    package var values: [Double?]

    package init(source: SourceID, at: Moment, series: [Shown], values: [Double?]) {
        self.source = source
        self.at = at
        self.series = series
        self.values = values
    }

    /// What may be reckoned with: sums and integrals of more than anybody can count would overflow. All else isn't
    /// known, nor is what is no number.
    package static func isKnown(_ value: Double) -> Bool { value.magnitude < 1e30 }
}
