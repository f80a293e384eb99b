/// One place on the latency-throughput curve.
package struct CurvePoint: Hashable, Sendable {
    /// Tokens/s.
    package var x: Double
    /// Half of the confidence interval; nil when unknown.
    package var xHalfWidth: Double?
    /// Latency in nanoseconds.
    package var y: Double
    /// The number of users.
    package var label: String
    /// The one that is looked at: its label gives way late.
    package var isSelected = false

    package init(x: Double, xHalfWidth: Double? = nil, y: Double, label: String = "") {
        self.x = x
        self.xHalfWidth = xHalfWidth
        self.y = y
        self.label = label
    }
}
