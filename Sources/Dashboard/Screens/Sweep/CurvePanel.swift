import Canvas
import Charts
import Measure

/// The heart: latency over throughput, a point a level.
enum CurvePanel {
    static func draw(_ scene: Scene, memory: inout ChartMemory, on canvas: inout Canvas, in rect: Rect) {
        let axis = scene.axis
        let yName = axis.title(in: scene.charts.budget)
        let series = series(scene)
        let doubtful = series.contains { series in
            (series.points + [series.live].compactMap(\.self)).contains { $0.label.hasSuffix("?") }
        }
        let right = doubtful ? "users at each point, ?: few samples" : "users at each point"
        let inner = Panel(
            "latency and throughput: \(yName) over tokens/s", right: right, digit: 4,
            role: .processBox
        ).draw(on: &canvas, in: rect)
        guard !inner.isEmpty else { return }
        var chart = CurveChart(
            series: series, budget: budget(scene), yName: yName,
            selected: scene.endpointIndex,
            emptyText: scene.isOver
                ? "no level was finished: nothing to draw" : "the first level makes the first point")
        let fitted = chart.fittedRanges(at: scene.now)
        let points = ChartMemory.Points(
            axis: axis, finished: scene.charts.endpoints.map(\.levels.count), isOver: scene.charts.isOver)
        chart.xRange = memory.curveX.settle(fitted?.x, of: points, at: scene.now)
        chart.yRange = memory.curveY.settle(fitted?.y, of: points, at: scene.now)
        chart.draw(on: &canvas, in: inner)
    }

    static func series(_ scene: Scene) -> [CurveSeries] {
        let shown = scene.shownEndpoints
        return scene.charts.endpoints.enumerated().compactMap { index, endpoint in
            guard shown.contains(index) else { return nil }
            let selected = index == scene.endpointIndex ? scene.reviewedIndex(in: endpoint) : nil
            return CurveSeries(
                name: Harmless.text(endpoint.info.label, limit: 20), index: index,
                points: endpoint.levelsByLoad.compactMap {
                    point(endpoint.levels[$0], isSelected: $0 == selected, scene)
                },
                live: live(endpoint, scene),
                // Lines and names of all endpoints would cover the data: only the selected one has them.
                ceiling: index == scene.endpointIndex ? ceiling(endpoint) : nil,
                loadLine: index == scene.endpointIndex ? loadLine(endpoint, scene) : nil)
        }
    }

    /// Only the selected one has whiskers, but where the curve is alone on the screen.
    private static func point(_ level: LevelResult, isSelected: Bool, _ scene: Scene) -> CurvePoint? {
        guard level.throughput.mean.isFinite, level.bearsRates, let latency = latency(level, scene) else {
            return nil
        }
        let hasWhiskers = isSelected || scene.view.maximised == .curve
        var point = CurvePoint(
            x: level.throughput.mean, xHalfWidth: hasWhiskers ? level.throughput.halfWidth : nil,
            y: latency.value, label: label(level, isSure: latency.isSure))
        point.isSelected = isSelected
        return point
    }

    /// As doubtful as the table, which shows "–" there.
    private static func label(_ level: LevelResult, isSure: Bool) -> String {
        isSure ? level.load.label : "\(level.load.label)?"
    }

    /// From too few samples a percentile is near enough the largest one, and the point says "?".
    private static func latency(_ level: LevelResult, _ scene: Scene) -> (value: Double, isSure: Bool)? {
        let distribution = scene.axis.distribution(of: level)
        let statistic = scene.axis.statistic(in: scene.charts.budget)
        guard distribution.count > 0 else { return nil }
        let value = distribution.measured(statistic)
        return value.isFinite ? (value, distribution.bears(statistic)) : nil
    }

    private static func live(_ endpoint: EndpointSnapshot, _ scene: Scene) -> CurvePoint? {
        guard let level = endpoint.live, !endpoint.phase.isFinal,
            let latency = latency(level, scene)
        else { return nil }
        var throughput = endpoint.tokensPerSecond
        if case .measuring = endpoint.phase, level.throughput.mean > 0 { throughput = level.throughput.mean }
        guard throughput.isFinite else { return nil }
        return CurvePoint(
            x: throughput, y: latency.value, label: label(level, isSure: latency.isSure))
    }

    private static func ceiling(_ endpoint: EndpointSnapshot) -> CurveLimit? {
        // Before it's reached, a line at the best level so far would look like a limit.
        guard let plateau = endpoint.plateau, plateau.reached, plateau.throughput.isFinite else { return nil }
        return CurveLimit(plateau.throughput, name: "plateau \(Format.speed(plateau.throughput))")
    }

    private static func loadLine(_ endpoint: EndpointSnapshot, _ scene: Scene) -> CurvePoint? {
        guard let line = endpoint.loadLine, !endpoint.wentAway,
            let level = endpoint.levels.last(where: { $0.load == line.load }), level.bearsRates,
            let latency = latency(level, scene)
        else { return nil }
        return CurvePoint(x: line.throughput, y: latency.value, label: label(level, isSure: latency.isSure))
    }

    private static func budget(_ scene: Scene) -> CurveLimit? {
        guard let limit = scene.axis.limit(in: scene.charts.budget)?.below, limit.isFinite else { return nil }
        return CurveLimit(limit, name: "budget \(Format.duration(limit))")
    }
}
