package import Measure

extension ServerHistory {
    /// Over the span that ends at a moment; nil before the first reading.
    package func figures(overLast span: Nanoseconds, at moment: Moment, engine: String?) -> ServerFigures? {
        guard let first, moment >= first.at, let end = points.nearest(to: moment) else { return nil }
        let base = points.nearest(to: end.at - span)
        let between = base.map { base in points.newest(after: base.at).filter { $0.at <= end.at } }
        return figures(from: base, to: end, between: between ?? [end], engine: engine)
    }
}
