/// A straight line across the chart, with its name.
package struct CurveLimit: Hashable, Sendable {
    package var value: Double
    package var name: String

    package init(_ value: Double, name: String) {
        self.value = value
        self.name = name
    }
}
