import Canvas
import Charts
import Measure

/// In the curve's place where one load is held for long: throughput and latency over time, a slice of the window a point.
enum SoakPanel {
    private static let columnsForTwo = 60

    static func draw(_ scene: Scene, on canvas: inout Canvas, in rect: Rect) {
        guard let plan = scene.snapshot.session.plan?.sweep, let slice = plan.soakSlice else { return }
        let latency = scene.axis.title(in: scene.charts.budget)
        let inner = Panel(
            "over time: tokens/s and \(latency)", right: "\(Format.duration(slice)) a point", digit: 4,
            role: .processBox
        ).draw(on: &canvas, in: rect)
        guard !inner.isEmpty else { return }
        let unit = Unit(of: plan.dwell)
        let axis = AxisRange(lower: 0, upper: unit.amount(plan.dwell), scale: .linear)
        var chart = CurveChart(
            series: [], xName: unit.name, yName: latency, xRange: axis, selected: scene.endpointIndex,
            emptyText: emptyText(scene))
        var right = inner
        if inner.width >= columnsForTwo {
            var left = inner
            left.width = (inner.width - 2) / 2
            right.x = left.maxX + 2
            right.width = inner.maxX - right.x
            var rates = chart
            rates.quantity = .count
            rates.yName = "tokens/s"
            rates.series = series(scene, unit) { $0.bearsRates ? $0.throughput.mean : nil }
            rates.draw(on: &canvas, in: left)
        }
        if let limit = scene.axis.limit(in: scene.charts.budget)?.below, limit.isFinite {
            chart.budget = CurveLimit(limit, name: "budget \(Format.duration(limit))")
        }
        let statistic = scene.axis.statistic(in: scene.charts.budget)
        chart.series = series(scene, unit) { level in
            let distribution = scene.axis.distribution(of: level)
            return distribution.bears(statistic) ? distribution.measured(statistic) : nil
        }
        chart.draw(on: &canvas, in: right)
    }

    private static func emptyText(_ scene: Scene) -> String {
        let hasSlices = scene.charts.endpoints.contains { !scene.charts.slices(of: $0.info.id).isEmpty }
        if hasSlices { return "too few answers a slice" }
        return scene.isOver ? "no slice was finished" : "the first slice makes the first point"
    }

    /// Each point stands in the middle of its slice. What isn't known is left out.
    private static func series(
        _ scene: Scene, _ unit: Unit, _ value: (LevelResult) -> Double?
    ) -> [CurveSeries] {
        let shown = scene.shownEndpoints
        return scene.charts.endpoints.enumerated().compactMap { index, endpoint in
            guard shown.contains(index) else { return nil }
            let slices = scene.charts.slices(of: endpoint.info.id)
            guard let start = slices.first?.windowStart else { return nil }
            var series = CurveSeries(
                name: Harmless.text(endpoint.info.label, limit: 20), index: index,
                points: slices.compactMap { slice in
                    value(slice).map {
                        CurvePoint(x: unit.amount(slice.windowStart - start + slice.duration / 2), y: $0)
                    }
                })
            series.isCourse = true
            return series.points.isEmpty ? nil : series
        }
    }

    /// Of the time axis: what keeps its figures small.
    private struct Unit {
        var name: String
        private var length: Nanoseconds

        init(of span: Nanoseconds) {
            (name, length) =
                switch span {
                case ..<(5 * 60 * .second): ("seconds", .second)
                case ..<(5 * 3600 * .second): ("minutes", 60 * .second)
                default: ("hours", 3600 * .second)
                }
        }

        func amount(_ span: Nanoseconds) -> Double { Double(span) / Double(length) }
    }
}

extension Snapshot {
    func slices(of endpoint: EndpointID) -> [LevelResult] { slices.filter { $0.endpoint == endpoint } }

    /// One load is held for long, and looked at over time.
    var isSoak: Bool { session.plan?.sweep.soakSlice != nil }
}
