import Measure

/// Latency over throughput, a point a level: the heart of the screen.
public struct CurveChart: Hashable, Sendable {
    public var series: [CurveSeries]
    /// Nanoseconds.
    public var budget: CurveLimit?
    /// What the axes show, such as `tokens/s` and `p95 E2E`.
    public var xName: String
    public var yName: String
    /// nil: fitted to the data in each draw. Pass settled ones to hold them still.
    public var xRange: AxisRange?
    public var yRange: AxisRange?
    /// The series in front, by its `index`; nil: the first.
    public var selected: Int?
    public var emptyText: String

    public init(
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
