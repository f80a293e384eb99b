/// A straight line across the chart, with its name.
public struct CurveLimit: Hashable, Sendable {
    public var value: Double
    public var name: String

    public init(_ value: Double, name: String) {
        self.value = value
        self.name = name
    }
}
