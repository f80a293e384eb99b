/// A mean with its 95 % confidence interval.
package struct Estimate: Hashable, Sendable, Codable {
    package var mean: Double
    /// Half the interval's width; nil when there were too few batches to tell.
    package var halfWidth: Double?

    package init(mean: Double, halfWidth: Double?) {
        self.mean = mean
        self.halfWidth = halfWidth
    }

    /// Half-width over mean; nil when either is unknown or the mean is not positive.
    package var relativeHalfWidth: Double? {
        guard let halfWidth, mean > 0 else { return nil }
        return halfWidth / mean
    }
}
