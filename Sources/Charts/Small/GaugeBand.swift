/// A stretch of a gauge that has a name, such as the throughput that is claimed for a 7B model.
package struct GaugeBand: Hashable, Sendable {
    package var name: String
    package var lower: Double
    package var upper: Double

    package init(_ name: String, _ lower: Double, _ upper: Double) {
        self.name = name
        self.lower = lower
        self.upper = upper
    }
}
