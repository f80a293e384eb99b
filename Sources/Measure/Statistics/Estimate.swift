/// A mean with its 95 % confidence interval.
public struct Estimate: Hashable, Sendable, Codable {
    public var mean: Double
    /// Half the interval's width; nil when there were too few batches to tell.
    public var halfWidth: Double?

    public init(mean: Double, halfWidth: Double?) {
        self.mean = mean
        self.halfWidth = halfWidth
    }

    /// Half-width over mean; nil when either is unknown or the mean is not positive.
    public var relativeHalfWidth: Double? {
        guard let halfWidth, mean > 0 else { return nil }
        return halfWidth / mean
    }
}
