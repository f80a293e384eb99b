/// A named place on a latency axis, such as p95.
package struct HistogramMarker: Hashable, Sendable {
    package var name: String
    /// Nanoseconds.
    package var value: Double

    package init(_ name: String, _ value: Double) {
        self.name = name
        self.value = value
    }
}
