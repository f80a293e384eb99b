/// An engine, or a replica, that does otherwise than its fellows of the same model.
package struct Apart: Hashable, Sendable {
    package enum Figure: String, Hashable, Sendable {
        case ttft
        case tpot
        case running
        case kvUsage
    }

    /// Its place among them.
    package var place: Int
    package var figure: Figure
    package var value: Double
    package var median: Double

    /// Half as much again as the median is slow.
    private static let factor = 1.5
    private static let runningApart = 3.0
    private static let kvApart = 0.15

    /// - Parameter fellows: what each did over the same span. Of two, the better one is the measure. A quantile of a
    ///   few answers is none.
    package static func among(_ fellows: [ServerFigures]) -> [Apart] {
        guard fellows.count > 1 else { return [] }
        return compare(.ttft, fellows.map { slowest($0.ttft) }) { $0 > factor * $1 }
            + compare(.tpot, fellows.map { slowest($0.tpot) }) { $0 > factor * $1 }
            + compare(.running, fellows.map(\.running)) { $0 - $1 > runningApart && $0 > factor * $1 }
            + compare(.kvUsage, fellows.map(\.kvUsage)) { abs($0 - $1) > kvApart }
    }

    private static func slowest(_ latency: LatencyFigures?) -> Double? {
        guard let latency, latency.count >= Double(Percentile.p95.samplesNeeded) else { return nil }
        return latency.quantile(.p95)?.value
    }

    private static func compare(
        _ figure: Figure, _ values: [Double?], _ isApart: (Double, Double) -> Bool
    ) -> [Apart] {
        let known = values.compactMap(\.self).sorted()
        guard known.count > 1 else { return [] }
        let median = known[(known.count - 1) / 2]
        return values.enumerated().compactMap { place, value in
            guard let value, isApart(value, median) else { return nil }
            return Apart(place: place, figure: figure, value: value, median: median)
        }
    }
}
