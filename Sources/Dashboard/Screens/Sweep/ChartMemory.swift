import Charts

/// The axes as they were last drawn: they move once a second at most, and only when they must.
struct ChartMemory: Sendable {
    var ttft: AxisRange?
    var tpot: AxisRange?
    var throughput: AxisRange?
    var curveX: AxisRange?
    var curveY: AxisRange?
}
