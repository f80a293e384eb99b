import Canvas
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
        let (title, right) = head(figure, scene, width: rect.width - 10)
        let inner = Panel(title, right: right, digit: figure.digit, role: figure.role)
            .draw(on: &canvas, in: rect)
        guard !inner.isEmpty else { return }
        let series = series(figure, scene)
        let range = HistogramChart.range(of: series, at: scene.now)?
            .settled(from: memory[keyPath: figure.memory], at: scene.now)
        memory[keyPath: figure.memory] = range
        HistogramChart(
            series: series, range: range, arrangement: series.count > 1 ? .strips : .overlaid,
            emptyText: emptyText(scene, width: inner.width), notes: notes(figure, scene),
            bands: figure.name == "TTFT"
                ? scene.band.map { [GaugeBand($0.name, $0.ttft.lowerBound, $0.ttft.upperBound)] } ?? [] : []
        ).draw(on: &canvas, in: inner)
    }

    /// The title says which level it is of when that isn't the running one. Where there's no room for that
    /// beside the figures, the throughput panel says it alone.
    private static func head(
        _ figure: Figure, _ scene: Scene, width: Int
    ) -> (title: String, right: String?) {
        guard let endpoint = scene.endpoint, let shown = scene.shown(in: endpoint) else {
            return (figure.name, nil)
        }
        var titles = [figure.name + suffix(of: shown, endpoint, scene), figure.name]
        if shown.isBuffered {
            let blurred = figure.name == "TTFT" ? "TTFT through the buffer" : "\(figure.name) of the buffer"
            titles.insert(blurred + suffix(of: shown, endpoint, scene), at: 0)
            titles.insert(blurred, at: 1)
        }
        for percentiles in [[Percentile.p50, .p95, .p99], [.p50, .p95], [.p95]] {
            let text = text(percentiles, of: figure.distribution(shown))
            for title in titles where TextWidth.columns(of: title + text) <= width { return (title, text) }
        }
        return (titles[0], nil)
    }

    private static func suffix(
        of shown: LevelResult, _ endpoint: EndpointSnapshot, _ scene: Scene
    ) -> String {
        let isLive = scene.screen.level == nil && endpoint.live != nil && scene.reviewed(in: endpoint) == nil
        if isLive, case .warmingUp = endpoint.phase { return " warm-up" }
        return isLive ? "" : " at \(shown.load.words)"
    }

    private static func text(_ percentiles: [Percentile], of distribution: Distribution) -> String {
        // With room for one only: the highest of which there is something to say.
        let isSingle = percentiles.count == 1
        let isSparse = isSingle && distribution.percentile(.p95) == nil
        return (isSparse ? [.p50] : percentiles).map { percentile in
            "\(percentile.name) \(Format.duration(distribution.percentile(percentile)).padded(to: 6))"
        }.joined(separator: " ")
    }

    /// How many answers these figures are made of: a single bar can be one answer or a thousand.
    private static func notes(_ figure: Figure, _ scene: Scene) -> [String] {
        guard !scene.hasSeveral, let endpoint = scene.chartEndpoint, let level = scene.shown(in: endpoint)
        else { return [] }
        let count = figure.distribution(level).count
        let answers = "\(Format.grouped(Double(count))) \(count == 1 ? "answer" : "answers")"
        guard figure.name == "TTFT", let band = scene.band else { return [answers] }
        return ["claim \(band.ttftText)", answers]
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

    private static func emptyText(_ scene: Scene, width: Int) -> String {
        guard let endpoint = scene.endpoint else { return "no endpoint yet" }
        let texts: [String] =
            switch endpoint.phase {
            case .discovering: ["finding out what it is", "discovery"]
            case .paused: ["paused: p goes on"]
            case .failed, .done: ["no answers"]
            default: ["waiting for the first answer", "no answer yet"]
            }
        return texts.first { TextWidth.columns(of: $0) <= width } ?? texts[texts.count - 1]
    }
}
