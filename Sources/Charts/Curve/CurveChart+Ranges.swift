package import Measure

extension CurveChart {
    /// Beyond this ratio the latency axis is logarithmic.
    static let linearLimit = 30.0

    /// The ranges that fit the data, with head-room; nil when there is no data. A limit that lies far off
    /// doesn't squeeze the data: it is named at the edge.
    package func fittedRanges(at now: Moment = .zero) -> (x: AxisRange, y: AxisRange)? {
        let points = series.flatMap { $0.points + [$0.live, $0.loadLine].compactMap(\.self) }
            .filter(\.isDrawable)
        guard !points.isEmpty else { return nil }
        var right =
            points.map { point in
                let half = point.xHalfWidth ?? 0
                return point.x + (half.isFinite && half > 0 ? min(half, point.x) : 0)
            }.max() ?? 0
        for ceiling in series.compactMap(\.ceiling?.value) where ceiling.isFinite && ceiling <= 2 * right {
            right = max(right, ceiling)
        }
        var top = points.map(\.y).max() ?? 0
        var bottom = points.map(\.y).filter { $0 > 0 }.min() ?? top
        if let budget = budget?.value, budget.isFinite, budget > 0, budget <= 3 * top {
            top = max(top, budget)
            bottom = min(bottom, budget)
        }
        let x = AxisRange(
            lower: 0, upper: right > 0 ? min(right * 1.08, .greatestFiniteMagnitude) : 1, scale: .linear,
            since: now)
        guard bottom > 0, top / bottom > Self.linearLimit, top / bottom < 1e30 else {
            let upper = top > 0 ? min(top * 1.15, .greatestFiniteMagnitude) : 1
            return (x, AxisRange(lower: 0, upper: upper, scale: .linear, since: now))
        }
        return (x, AxisRange(lower: bottom / 1.3, upper: top * 1.4, scale: .logarithmic, since: now))
    }
}

extension CurvePoint {
    var isDrawable: Bool { x.isFinite && y.isFinite && x >= 0 && y >= 0 }
}
