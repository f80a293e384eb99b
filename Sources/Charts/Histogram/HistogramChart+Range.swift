package import Measure

extension HistogramChart {
    /// The range that fits the data: its 0.1 to 99.5 percentiles with head-room, nanoseconds; nil when there
    /// is no data. A few that lie far beyond the rest are left to the overflow bin.
    ///
    /// - Parameter limits: those that don't lie far off are brought in.
    package static func range(
        of series: [HistogramSeries], limits: [HistogramMarker] = [], at now: Moment = .zero
    ) -> AxisRange? {
        var bins = LogBins()
        for one in series { bins.add(one.bins) }
        let total = bins.total
        guard total > 0 else { return nil }
        var lower = Double(bucket(rank: max(1, total / 1000), of: bins))
        let core = Double(bucket(rank: max(1, total - max(1, total / 20)), of: bins)) + 1
        let tail = Double(bucket(rank: max(1, total - total / 200), of: bins)) + 1
        var upper = min(tail, core + Double(LogBins.perDecade))
        lower = max(lower, core - 3 * Double(LogBins.perDecade))
        for limit in limits where limit.value.isFinite {
            let position = LogBins.position(of: limit.value) + 1
            guard abs(position - min(max(position, lower), upper)) <= Double(LogBins.perDecade) / 3 else {
                continue
            }
            upper = max(upper, position)
            lower = min(lower, position - 2)
        }
        // Head-room, then whole steps of a twentieth of a decade, so that the ends don't tremble.
        let step = Double(LogBins.perDecade) / 20
        lower = ((lower - step / 2) / step).rounded(.down) * step
        upper = ((upper + step / 2) / step).rounded(.up) * step
        let missing = Double(LogBins.perDecade) / 2 - (upper - lower)
        if missing > 0 {
            lower -= (missing / 2 / step).rounded() * step
            upper += (missing / 2 / step).rounded() * step
        }
        lower = min(max(0, lower), Double(LogBins.count) - Double(LogBins.perDecade) / 2)
        upper = max(lower + Double(LogBins.perDecade) / 2, min(Double(LogBins.count), upper))
        return AxisRange(
            lower: LogBins.value(at: lower), upper: LogBins.value(at: upper), scale: .logarithmic, since: now)
    }

    /// The bucket in which the `rank`th smallest sample lies; 0 for underflow, the last for overflow.
    private static func bucket(rank: Int, of bins: LogBins) -> Int {
        var seen = Int(bins.underflow)
        if seen >= rank { return 0 }
        for (index, count) in bins.counts.enumerated() {
            seen += Int(count)
            if seen >= rank { return index }
        }
        return LogBins.count - 1
    }
}
