import Measure

/// Latency over throughput, a point a level: the heart of the screen.
package struct CurveChart: Hashable, Sendable {
    package var series: [CurveSeries]
    /// What the vertical axis is of.
    package enum Quantity: Hashable, Sendable {
        /// In nanoseconds.
        case latency
        case count
    }

    package var quantity = Quantity.latency
    /// In the vertical axis's unit.
    package var budget: CurveLimit?
    /// What the axes show, such as `tokens/s` and `p95 E2E`; of a course over time the unit of time.
    package var xName: String
    package var yName: String
    /// nil: fitted to the data in each draw. Pass settled ones to hold them still.
    package var xRange: AxisRange?
    package var yRange: AxisRange?
    /// The series in front, by its `index`; nil: the first.
    package var selected: Int?
    package var emptyText: String

    package init(
        series: [CurveSeries], budget: CurveLimit? = nil, xName: String = "tokens/s",
        yName: String = "p95 E2E", xRange: AxisRange? = nil, yRange: AxisRange? = nil, selected: Int? = nil,
        emptyText: String = "the first level makes the first point"
    ) {
        self.series = series
        self.budget = budget
        self.xName = xName
        self.yName = yName
        self.xRange = xRange
        self.yRange = yRange
        self.selected = selected
        self.emptyText = emptyText
    }
}
