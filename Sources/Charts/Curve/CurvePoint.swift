/// One place on the latency-throughput curve.
public struct CurvePoint: Hashable, Sendable {
    /// Tokens/s.
    public var x: Double
    /// Half of the confidence interval; nil when unknown.
    public var xHalfWidth: Double?
    /// Latency in nanoseconds.
    public var y: Double
    /// The number of users.
    public var label: String

    public init(x: Double, xHalfWidth: Double? = nil, y: Double, label: String = "") {
        self.x = x
        self.xHalfWidth = xHalfWidth
        self.y = y
        self.label = label
    }
}
