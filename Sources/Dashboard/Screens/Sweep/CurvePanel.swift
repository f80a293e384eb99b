import Canvas
import Charts
import Measure

/// The heart: latency over throughput, a point a level.
enum CurvePanel {
    static func draw(_ scene: Scene, memory: inout ChartMemory, on canvas: inout Canvas, in rect: Rect) {
        let axis = scene.axis
        let series = series(scene)
        let doubtful = series.contains { $0.points.contains { $0.label.hasSuffix("?") } }
        let right = doubtful ? "users at each point, ?: few samples" : "users at each point"
        let inner = Panel(
            "latency and throughput: p95 \(axis.name) over tokens/s", right: right, digit: 4,
            role: .processBox
        ).draw(on: &canvas, in: rect)
        guard !inner.isEmpty else { return }
        var chart = CurveChart(
            series: series, budget: budget(scene), yName: "p95 \(axis.name)",
            selected: scene.endpointIndex,
            emptyText: scene.isOver
                ? "no level was finished: nothing to draw" : "the first level makes the first point")
        if let fitted = chart.fittedRanges(at: scene.now) {
            chart.xRange = fitted.x.settled(from: memory.curveX, at: scene.now)
            chart.yRange = fitted.y.settled(from: memory.curveY, at: scene.now)
        }
        memory.curveX = chart.xRange
        memory.curveY = chart.yRange
        chart.draw(on: &canvas, in: inner)
    }

    static func series(_ scene: Scene) -> [CurveSeries] {
        scene.charts.endpoints.enumerated().compactMap { index, endpoint in
            guard index == scene.endpointIndex || scene.filter.matches(endpoint) else { return nil }
            let levels = endpoint.levels.enumerated()
                .sorted { ($0.element.load, $0.offset) < ($1.element.load, $1.offset) }
                .map(\.element)
            return CurveSeries(
                name: Harmless.text(endpoint.info.label, limit: 20), index: index,
                points: levels.compactMap { point($0, scene) }, live: live(endpoint, scene),
                // Lines and names of all endpoints would cover the data: only the selected one has them.
                ceiling: index == scene.endpointIndex ? ceiling(endpoint) : nil,
                loadLine: index == scene.endpointIndex ? loadLine(endpoint, scene) : nil)
        }
    }

    private static func point(_ level: LevelResult, _ scene: Scene) -> CurvePoint? {
        let distribution = scene.axis.distribution(of: level)
        guard level.throughput.mean.isFinite, level.bearsRates, let latency = latency(distribution) else {
            return nil
        }
        return CurvePoint(
            x: level.throughput.mean, xHalfWidth: level.throughput.halfWidth, y: latency.value,
            label: latency.isSure ? level.load.label : "\(level.load.label)?")
    }

    /// The p95; from too few samples it's near enough the largest one, and the point says "?".
    private static func latency(_ distribution: Distribution) -> (value: Double, isSure: Bool)? {
        if let value = distribution.percentile(.p95), value.isFinite { return (value, true) }
        guard distribution.count > 0, distribution.p95.isFinite else { return nil }
        return (distribution.p95, false)
    }

    private static func live(_ endpoint: EndpointSnapshot, _ scene: Scene) -> CurvePoint? {
        guard let level = endpoint.live, !endpoint.phase.isFinal,
            let latency = latency(scene.axis.distribution(of: level))
        else { return nil }
        var throughput = endpoint.tokensPerSecond
        if case .measuring = endpoint.phase, level.throughput.mean > 0 { throughput = level.throughput.mean }
        guard throughput.isFinite else { return nil }
        return CurvePoint(
            x: throughput, xHalfWidth: level.throughput.halfWidth, y: latency.value,
            label: level.load.label)
    }

    private static func ceiling(_ endpoint: EndpointSnapshot) -> CurveLimit? {
        // Before it's reached, a line at the best level so far would look like a limit.
        guard let plateau = endpoint.plateau, plateau.reached, plateau.throughput.isFinite else { return nil }
        return CurveLimit(plateau.throughput, name: "plateau \(Format.speed(plateau.throughput))")
    }

    private static func loadLine(_ endpoint: EndpointSnapshot, _ scene: Scene) -> CurvePoint? {
        guard let line = endpoint.loadLine, !endpoint.wentAway,
            let level = endpoint.levels.last(where: { $0.load == line.load }),
            let latency = latency(scene.axis.distribution(of: level))
        else { return nil }
        return CurvePoint(x: line.throughput, y: latency.value, label: line.load.label)
    }

    private static func budget(_ scene: Scene) -> CurveLimit? {
        guard let limit = scene.axis.limit(in: scene.charts.budget), limit.isFinite else { return nil }
        return CurveLimit(limit, name: "budget \(Format.duration(limit))")
    }
}
