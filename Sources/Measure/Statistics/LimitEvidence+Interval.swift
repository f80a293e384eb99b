/// The limits that would be undecided: what of a quantile or a mean is certain, as an interval.
package struct UndecidedLimits: Hashable, Sendable, Codable {
    /// Broken up to here; nil where no limit is certain to be.
    package var low: Double?
    /// Held from here on; nil where no limit is certain to be.
    package var high: Double?
}

extension LimitEvidence {
    /// By the rule that a limit is judged by, but for the clumping of what lies at the limit itself: of each quantile's
    /// own samples there is only one.
    ///
    /// - Parameter ordered: all values, the smallest first.
    func undecidedLimits(share: Double, ordered: [Double], clumping: Double) -> UndecidedLimits {
        let trials = Double(ordered.count) / clumping
        // So many samples at a limit or beyond are enough to break it, so many few enough to hold it.
        let breaking = Self.first(upTo: ordered.count) {
            $0 > 0 && IncompleteBeta.atLeast(Double($0) / clumping, of: trials, share: share) <= Self.risk
        }
        let open = Self.first(upTo: ordered.count) {
            IncompleteBeta.atMost(Double($0) / clumping, of: trials, share: share) > Self.risk
        }
        return widened(
            UndecidedLimits(
                low: breaking.map { ordered[ordered.count - $0] },
                high: open.flatMap { $0 > 0 ? ordered[ordered.count - $0] : nil }))
    }

    func undecidedLimits(standardError: Double) -> UndecidedLimits {
        guard let value else { return UndecidedLimits() }
        let margin = Self.factorOfMeans * standardError
        return widened(UndecidedLimits(low: value - margin, high: value + margin))
    }

    /// Where the window is short only what lies far off is certain.
    private func widened(_ limits: UndecidedLimits) -> UndecidedLimits {
        guard isShort, let value else { return limits }
        return UndecidedLimits(
            low: limits.low.map { min($0, value / Self.clearlyBeyond) },
            high: limits.high.map { max($0, value / Self.clearlyBelow) })
    }

    /// The smallest number up to `most` that is so, where all larger ones are, too.
    private static func first(upTo most: Int, _ isSo: (Int) -> Bool) -> Int? {
        guard isSo(most) else { return nil }
        var (low, high) = (0, most)
        while low < high {
            let middle = low + (high - low) / 2
            if isSo(middle) { high = middle } else { low = middle + 1 }
        }
        return high
    }
}
