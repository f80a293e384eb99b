import Charts
import Measure

/// This program's own lag in a level, held against what was measured there.
struct OwnLag {
    /// "own lag p99 1.0 ms against TPOT p50 8.2 ms".
    let text: String
    /// What follows from that.
    let conclusion: String
    /// So large that not only the tails are in doubt.
    let isGrave: Bool

    /// A delay of this share of the median is no longer a matter of the tails alone.
    private static let graveShare = 0.25

    /// The worse of the two: reading late against the gap between tokens, sending late against TTFT. nil
    /// where nothing is known of either.
    init?(_ measured: LagSummary, of level: LevelResult) {
        let pairs: [(lag: Double?, name: String, median: Double?)] = [
            (measured.timerP99 ?? measured.readP99, "TPOT", level.tpot.percentile(.p50)),
            (measured.sendP99, "TTFT", level.ttft.percentile(.p50)),
        ]
        let known = pairs.compactMap { pair -> (lag: Double, name: String, median: Double)? in
            guard let lag = pair.lag, let median = pair.median, lag.isFinite, median.isFinite, median > 0
            else { return nil }
            return (lag, pair.name, median)
        }
        guard let worst = known.max(by: { $0.lag / $0.median < $1.lag / $1.median }) else { return nil }
        isGrave = worst.lag >= Self.graveShare * worst.median
        let lag = Format.duration(worst.lag)
        text = "own lag p99 \(lag) against \(worst.name) p50 \(Format.duration(worst.median))"
        conclusion = isGrave ? "too busy here to measure that" : "tails may read that much too high"
    }
}
