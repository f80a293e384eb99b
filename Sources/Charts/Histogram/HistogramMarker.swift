/// A named place on a latency axis, such as p95.
public struct HistogramMarker: Hashable, Sendable {
    public var name: String
    /// Nanoseconds.
    public var value: Double

    public init(_ name: String, _ value: Double) {
        self.name = name
        self.value = value
    }
}
