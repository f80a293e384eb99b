import Canvas
import Charts
import Measure

/// What comes out now: a gauge, the counts beside it, and the last minute.
enum ThroughputPanel {
    static func draw(_ scene: Scene, on canvas: inout Canvas, in rect: Rect) {
        let claims = scene.band.map { (band: $0, place: PerUserRows.place(in: scene.panels[.throughput])) }
        let inner = Panel(title(scene), right: right(scene, claims?.place == .title), digit: 1, role: .cpuBox)
            .draw(on: &canvas, in: rect)
        guard let endpoint = scene.endpoint, let held = scene.chartEndpoint, !inner.isEmpty else { return }
        let mark = fullMark(held)
        let maximum = mark ?? max(1, endpoint.tokensPerSecond)
        let most = Format.speed(mark)
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
        if let claims, claims.place == .gauge {
            PerUserRows.draw(claims.band, speed: perUser(scene), scene, on: &canvas, in: rest)
            rest = Rect(x: rest.x, y: rest.y + 2, width: rest.width, height: rest.height - 2)
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

    /// How fast one user is served, and what somebody claims.
    private static func right(_ scene: Scene, _ hasClaim: Bool) -> String? {
        let claim = hasClaim ? scene.band.map { ", \(PerUserRows.words($0))" } ?? "" : ""
        return perUser(scene).map { "\(Format.count($0)) a user\(claim)" }
    }

    private static func perUser(_ scene: Scene) -> Double? {
        guard let endpoint = scene.endpoint, let level = scene.shown(in: endpoint),
            let tpot = level.tpot.percentile(.p50), tpot > 0
        else { return nil }
        return 1e9 / tpot
    }

    /// The gauge's right end: the plateau, or the best level so far; before the first, the most that was seen. What is
    /// beyond it shows an arrow.
    private static func fullMark(_ endpoint: EndpointSnapshot) -> Double? {
        let plateau = endpoint.plateau.flatMap { $0.reached ? $0.throughput : nil }
        let best = endpoint.levels.filter(\.bearsRates).map(\.throughput.mean).filter(\.isFinite).max()
        let seen = endpoint.history.map(\.tokens).filter(\.isFinite).max()
        return [plateau, best, seen].compactMap(\.self).first { $0 > 0 && $0.isFinite }
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
