/// One scrape of one server, or one look at one GPU: what each series said at a moment.
public struct Reading: Sendable, Hashable {
    /// Who was read: unique in the session.
    public var source: SourceID
    public var at: Moment
    /// The names of the source's series, those that are gone included: a series keeps its place, new ones come
    /// behind. (The same array from one reading to the next: it costs nothing.)
    public var series: [Shown]
    /// By the series' place; nil where it wasn't said this time.
    public var values: [Double?]

    public init(source: SourceID, at: Moment, series: [Shown], values: [Double?]) {
        self.source = source
        self.at = at
        self.series = series
        self.values = values
    }
}

/// Whoever brings readings, from 0 in the order of joining.
public struct SourceID: Hashable, Comparable, Sendable, Codable {
    public var index: UInt16

    public init(_ index: Int) { self.index = UInt16(clamping: index) }

    public static func < (left: SourceID, right: SourceID) -> Bool { left.index < right.index }
}
