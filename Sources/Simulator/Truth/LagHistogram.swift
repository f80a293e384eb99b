import Measure

/// Counts of lags in buckets of about 3 % (log-linear, 32 to an octave), up to 36 minutes. Merging loses
/// nothing, and recording allocates nothing.
struct LagHistogram: Hashable, Sendable {
    private static let octaves = 36
    private var counts = [UInt32](repeating: 0, count: (octaves + 1) * 32)
    private(set) var count = 0
    private var sum: Double = 0
    private(set) var max: Nanoseconds = 0

    mutating func record(_ lag: Nanoseconds) {
        let lag = Swift.max(0, lag)
        counts[Self.bucket(lag)] &+= 1
        count += 1
        sum += Double(lag)
        max = Swift.max(max, lag)
    }

    mutating func add(_ other: LagHistogram) {
        for index in counts.indices { counts[index] &+= other.counts[index] }
        count += other.count
        sum += other.sum
        max = Swift.max(max, other.max)
    }

    /// The middle of the bucket in which the `share`-th smallest lag lies; 0 when there is none.
    func quantile(_ share: Double) -> Nanoseconds {
        let rank = Int((share * Double(count)).rounded(.up))
        var seen = 0
        for index in counts.indices {
            seen += Int(counts[index])
            if seen >= Swift.max(1, rank) { return min(max, Self.middle(index)) }
        }
        return max
    }

    var summary: LagTruth {
        LagTruth(
            count: count, mean: count > 0 ? sum / Double(count) : 0, p50: quantile(0.5), p90: quantile(0.9),
            p99: quantile(0.99), max: max)
    }

    private static func bucket(_ lag: Nanoseconds) -> Int {
        guard lag >= 32 else { return Int(lag) }
        let shift = 63 - lag.leadingZeroBitCount - 5
        guard shift < octaves else { return (octaves + 1) * 32 - 1 }
        return (shift + 1) * 32 + Int(lag >> Int64(shift)) - 32
    }

    private static func middle(_ index: Int) -> Nanoseconds {
        guard index >= 32 else { return Nanoseconds(index) }
        let shift = index / 32 - 1
        return (Nanoseconds(index % 32 + 32) << Nanoseconds(shift)) + (Nanoseconds(1) << Nanoseconds(shift))
            / 2
    }
}
