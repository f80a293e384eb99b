import Canvas
import Charts
import Measure

/// What comes out now: a gauge, the counts beside it, and the last minute.
enum ThroughputPanel {
    static func draw(
        _ scene: Scene, memory: inout ChartMemory, on canvas: inout Canvas, in rect: Rect
    ) {
        let inner = Panel(title(scene), right: right(scene), digit: 1, role: .cpuBox)
            .draw(on: &canvas, in: rect)
        guard let endpoint = scene.endpoint, let held = scene.chartEndpoint, !inner.isEmpty else { return }
        let maximum = maximum(held, scene, memory: &memory)
        let most = memory.throughput == nil ? Format.unknown : Format.speed(maximum)
        let reviewed = scene.reviewed(in: endpoint)
        let value = reviewed?.throughput.mean ?? endpoint.tokensPerSecond
        Gauge(
            value: value, maximum: maximum,
            valueText: Format.speed(value).padded(to: max(5, TextWidth.columns(of: most))),
            maximumText: most
        ).draw(
            on: &canvas, in: Rect(x: inner.x, y: inner.y, width: inner.width, height: 1))
        var rest = Rect(x: inner.x, y: inner.y + 1, width: inner.width, height: inner.height - 1)
        guard rest.height > 0 else { return }
        if scene.panels[.ttft] == nil, scene.view.maximised == nil, let level = scene.shown(in: endpoint) {
            scene.draw(latencies(level), on: &canvas, in: rest)
            rest = Rect(x: rest.x, y: rest.y + 1, width: rest.width, height: rest.height - 1)
            guard rest.height > 0 else { return }
        }
        var line = reviewed.map(counts) ?? counts(endpoint)
        line.gap = rest.width < 30 ? 1 : 2
        scene.draw(line, on: &canvas, in: rest)
        rest = Rect(x: rest.x, y: rest.y + 1, width: rest.width, height: rest.height - 1)
        if let band = scene.band {
            let rows = PerUserRows.draw(band, speed: perUser(scene), scene, on: &canvas, in: rest)
            rest = Rect(x: rest.x, y: rest.y + rows, width: rest.width, height: rest.height - rows)
        }
        HistoryRows.draw(endpoint, held: held, scene, on: &canvas, in: rest)
    }

    /// "tokens/s", of whom and of what: the endpoint where there are several, the level unless it's now.
    private static func title(_ scene: Scene) -> String {
        var title = "tokens/s"
        guard let endpoint = scene.endpoint else { return title }
        if scene.hasSeveral {
            let name = Harmless.text(endpoint.info.label, limit: 30)
            title += " \(scene.sign(of: scene.endpointIndex)) \(name)"
        }
        if let level = scene.reviewed(in: endpoint) { title += " at \(level.load.words)" }
        return title
    }

    /// How fast one user is served.
    private static func right(_ scene: Scene) -> String? {
        perUser(scene).map { "\(Format.count($0)) a user" }
    }

    private static func perUser(_ scene: Scene) -> Double? {
        guard let endpoint = scene.endpoint, let level = scene.shown(in: endpoint),
            let tpot = level.tpot.percentile(.p50), tpot > 0
        else { return nil }
        return 1e9 / tpot
    }

    /// The gauge's right end: the plateau, or the most that was seen.
    private static func maximum(
        _ endpoint: EndpointSnapshot, _ scene: Scene, memory: inout ChartMemory
    ) -> Double {
        var most = endpoint.plateau?.throughput ?? 0
        for level in endpoint.levels { most = max(most, level.throughput.mean) }
        for bin in endpoint.history { most = max(most, bin.tokens) }
        most = max(most, endpoint.tokensPerSecond)
        let upper = RoundNumber.atLeast(most * 1.02)
        // An end made up from nothing isn't to be held on to.
        guard most > 0 else { return upper }
        let range = AxisRange(lower: 0, upper: upper, scale: .linear, since: scene.now)
            .settled(from: memory.throughput, at: scene.now)
        memory.throughput = range
        return range.upper.isFinite && range.upper > 0 ? range.upper : upper
    }

    private static func counts(_ endpoint: EndpointSnapshot) -> SegmentLine {
        let failed = Format.grouped(endpoint.failed)
        let bad = endpoint.failed > 0
        return SegmentLine(
            left: [
                Segment("req/s \(Format.rate(endpoint.requestsPerSecond).padded(to: 4))", priority: 7),
                Segment(
                    "in flight \(Format.grouped(endpoint.inFlight).padded(to: 3))",
                    short: "open \(Format.grouped(endpoint.inFlight).padded(to: 3))", priority: 6),
                Segment(
                    bad ? "err \(failed) !" : "err \(failed)", role: bad ? .bad : .foreground,
                    bad ? .bold : [], priority: 8),
                Segment(interval(endpoint), role: .inactive, priority: 2),
            ])
    }

    /// How sure the window's throughput is by now.
    private static func interval(_ endpoint: EndpointSnapshot) -> String {
        guard case .measuring = endpoint.phase, let share = endpoint.live?.throughput.relativeHalfWidth
        else { return "" }
        return "± \(Format.percent(share))"
    }

    /// Of a finished level.
    private static func counts(_ level: LevelResult) -> SegmentLine {
        let bad = level.failed > 0
        let failed = Format.grouped(level.failed)
        return SegmentLine(
            left: [
                Segment("req/s \(Format.rate(level.requestThroughput))", priority: 7),
                Segment("± \(Format.percent(level.throughput.relativeHalfWidth))", priority: 6),
                Segment(
                    bad ? "err \(failed) !" : "err \(failed)", role: bad ? .bad : .foreground,
                    bad ? .bold : [], priority: 8),
            ])
    }

    /// For screens without room for histograms.
    private static func latencies(_ level: LevelResult) -> SegmentLine {
        func figures(_ name: String, _ distribution: Distribution) -> Segment {
            let median = Format.duration(distribution.percentile(.p50))
            let high = Format.duration(distribution.percentile(.p95))
            return Segment(
                "\(name) p50 \(median) p95 \(high)", short: "\(name) p95 \(high)", priority: 2, shortenAt: 1)
        }
        return SegmentLine(left: [figures("TTFT", level.ttft), figures("TPOT", level.tpot)])
    }
}

/// Round ends for a scale.
enum RoundNumber {
    /// The next of 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten; 1 for anything without a size.
    static func atLeast(_ value: Double) -> Double {
        guard value.isFinite, value > 0, value < 1e15 else { return 1 }
        var power = 1.0
        while power * 10 <= value { power *= 10 }
        while power > value, power > 1e-6 { power /= 10 }
        for factor in [1, 1.5, 2, 3, 4, 5, 6, 8, 10] where factor * power >= value { return factor * power }
        return value
    }
}
