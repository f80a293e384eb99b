import Measure

extension SplitMix64 {
    /// The sum of twelve uniform numbers: mean 0, variance 1, and no logarithm needed.
    mutating func normal() -> Double { (0..<12).reduce(-6.0) { sum, _ in sum + unit() } }
}
