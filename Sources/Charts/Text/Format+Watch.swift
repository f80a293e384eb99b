package import Measure

/// What servers say of themselves, with the doubt that's in it.
extension Format {
    /// `~840 ms`, a guess inside a bucket; `≥10 s`, where it lies in the last one.
    package static func quantile(_ quantile: BucketQuantile?) -> String {
        guard let quantile, quantile.value.isFinite else { return unknown }
        return (quantile.isAtLeast ? "≥" : "~") + duration(quantile.value)
    }

    /// `61 %`, or `58–61 %` where the buckets tell no more.
    package static func bracket(_ share: ClosedRange<Double>?) -> String {
        guard let share, share.lowerBound.isFinite, share.upperBound.isFinite else { return unknown }
        // Half a percent is what is rounded away from either end.
        let (low, high) = (whole(share.lowerBound), whole(share.upperBound))
        return low == high ? "\(high) %" : "\(low)–\(high) %"
    }

    /// `71 %`: to the percent, so that a figure that trembles keeps its width.
    package static func wholePercent(_ share: Double?) -> String {
        guard let share, share.isFinite else { return unknown }
        return whole(share) + " %"
    }

    private static func whole(_ share: Double) -> String { group(fixed(share * 100, 0)) }
}
