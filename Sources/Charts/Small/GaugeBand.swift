/// A stretch of a gauge that has a name, such as the throughput that is claimed for a 7B model.
public struct GaugeBand: Hashable, Sendable {
    public var name: String
    public var lower: Double
    public var upper: Double

    public init(_ name: String, _ lower: Double, _ upper: Double) {
        self.name = name
        self.lower = lower
        self.upper = upper
    }
}
