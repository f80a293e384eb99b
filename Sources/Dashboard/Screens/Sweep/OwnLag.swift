import Charts
import Measure

/// This program's own lag in a level, held against what was measured there.
struct OwnLag {
    /// "own lag p99 1.0 ms against ITL p99 8.2 ms".
    let text: String
    /// What follows from that.
    let conclusion: String
    /// So large that not only the tails are in doubt.
    let isGrave: Bool

    /// A delay of this share of a figure is no longer a matter of the tails alone.
    private static let graveShare = 0.25

    /// The worst of the figures that are shown, or how busy the event loop was. nil where nothing is known.
    init?(_ measured: LagSummary, of level: LevelResult) {
        let lags = level.clientLags(measured)
        let tooMuch = lags.filter(\.isTooMuch)
        if tooMuch.isEmpty, let share = measured.loopCPUShare ?? level.lag.loopCPUShare,
            share > LevelResult.busyLoop
        {
            text = "an event loop was busy for \(Format.percent(share)) of the time"
            conclusion = Self.conclusion(isGrave: true)
            isGrave = true
            return
        }
        let known = tooMuch.isEmpty ? lags : tooMuch
        guard let worst = known.max(by: { $0.ratio < $1.ratio }) else { return nil }
        isGrave = worst.ratio >= Self.graveShare || tooMuch.contains { $0.percentile == .p50 }
        let name = worst.percentile.name
        text =
            "own lag \(name) \(Format.duration(worst.lag)) against \(worst.figure.rawValue) \(name) \(Format.duration(worst.value))"
        conclusion = Self.conclusion(isGrave: isGrave)
    }

    private static func conclusion(isGrave: Bool) -> String {
        isGrave ? "too busy here to measure that" : "tails may read that much too high"
    }
}
