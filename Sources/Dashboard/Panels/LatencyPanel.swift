import Charts
import Measure

/// One latency's histogram, of the level that is looked at.
enum LatencyPanel {
    /// Which one.
    struct Figure {
        let name: String
        let digit: Int
        let role: ThemeRole
        let distribution: (LevelResult) -> Distribution
        let memory: WritableKeyPath<ChartMemory, AxisRange?>

        // Computed, because a key path isn't Sendable.
        static var ttft: Figure {
            Figure(name: "TTFT", digit: 2, role: .memoryBox, distribution: \.ttft, memory: \.ttft)
        }
        static var tpot: Figure {
            Figure(name: "TPOT", digit: 3, role: .networkBox, distribution: \.tpot, memory: \.tpot)
        }
    }

    static func draw(
        _ figure: Figure, _ scene: Scene, memory: inout ChartMemory, on canvas: inout Canvas, in rect: Rect
    ) {
        let title = title(figure, scene)
        let room = rect.width - TextWidth.columns(of: title) - 10
        let inner = Panel(
            title, right: percentiles(figure, scene, width: room), digit: figure.digit, role: figure.role
        ).draw(on: &canvas, in: rect, theme: scene.theme, glyphs: scene.glyphs)
        guard !inner.isEmpty else { return }
        let series = series(figure, scene)
        let range = HistogramChart.range(of: series, at: scene.now)?
            .settled(from: memory[keyPath: figure.memory], at: scene.now)
        memory[keyPath: figure.memory] = range
        HistogramChart(
            series: series, range: range, arrangement: series.count > 1 ? .strips : .overlaid,
            emptyText: emptyText(scene)
        ).draw(on: &canvas, in: inner, theme: scene.theme, glyphs: scene.glyphs)
    }

    /// "TTFT", and which level it is of when that isn't the running one.
    private static func title(_ figure: Figure, _ scene: Scene) -> String {
        guard let endpoint = scene.endpoint, let shown = scene.shown(in: endpoint) else { return figure.name }
        let isLive = scene.view.level == nil && endpoint.live != nil && scene.reviewed(in: endpoint) == nil
        if isLive, case .warmingUp = endpoint.phase { return "\(figure.name) warm-up" }
        return isLive ? figure.name : "\(figure.name) at \(Words.users(shown.concurrency))"
    }

    private static func percentiles(_ figure: Figure, _ scene: Scene, width: Int) -> String? {
        guard let endpoint = scene.endpoint, let level = scene.shown(in: endpoint) else { return nil }
        let distribution = figure.distribution(level)
        let all: [Percentile] = [.p50, .p95, .p99]
        for shown in [all, [.p50, .p95], [.p95]] {
            let text = shown.map { percentile in
                "\(percentile.name) \(Format.duration(distribution.percentile(percentile)).padded(to: 6))"
            }.joined(separator: " ")
            if TextWidth.columns(of: text) <= width { return text }
        }
        return nil
    }

    /// The selected endpoint in front, the others behind it.
    private static func series(_ figure: Figure, _ scene: Scene) -> [HistogramSeries] {
        guard let selected = scene.chartEndpoint else { return [] }
        var series: [HistogramSeries] = []
        if let level = scene.shown(in: selected) {
            series.append(
                HistogramSeries(
                    name: Harmless.text(selected.info.label, limit: 20),
                    distribution: figure.distribution(level),
                    index: scene.endpointIndex))
        }
        for (index, endpoint) in scene.charts.endpoints.enumerated() where index != scene.endpointIndex {
            guard scene.filter.matches(endpoint), let level = scene.shown(in: endpoint) else { continue }
            series.append(
                HistogramSeries(
                    name: Harmless.text(endpoint.info.label, limit: 20),
                    bins: figure.distribution(level).bins,
                    index: index))
        }
        return series
    }

    private static func emptyText(_ scene: Scene) -> String {
        guard let endpoint = scene.endpoint else { return "no endpoint yet" }
        return switch endpoint.phase {
        case .discovering: "finding out what it is"
        case .paused: "paused: p goes on"
        case .failed, .done: "no answers"
        default: "waiting for the first answer"
        }
    }
}
