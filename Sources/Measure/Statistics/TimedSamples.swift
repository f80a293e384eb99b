/// What a window's limits are judged by: values with the moment at which each came, in bounded memory.
///
/// Correlation is seen in the order of time, which a histogram has lost. Beyond so many values half of them are
/// dropped, and so is half of what comes after, by a number drawn for each: a thinned sample tells of the same
/// quantile, with less certainty. (By turns it must not be thinned: tokens come by turns, too.)
package struct TimedSamples: Sendable {
    /// 24 bytes each.
    static let most = 1 << 16

    struct Sample: Sendable {
        var at: Moment
        var value: Double
        /// Zero bits at the end of the number that was drawn for it.
        var rank: UInt8
    }

    private(set) var samples: [Sample] = []
    /// Of lower rank than this none is kept.
    private var floor: UInt8 = 0
    private var random = SplitMix64(seed: 0x5EED)

    package init() {}

    package mutating func add(_ value: Double, at moment: Moment) {
        let sample = Sample(at: moment, value: value, rank: UInt8(random.next().trailingZeroBitCount))
        guard sample.rank >= floor else { return }
        if samples.count >= Self.most {
            floor += 1
            let floor = floor
            samples.removeAll { $0.rank < floor }
            guard sample.rank >= floor else { return }
        }
        samples.append(sample)
    }
}
