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
        let memory: WritableKeyPath<ChartMemory, ChartMemory.Held<ChartMemory.Windows>>

        // Computed, because a key path isn't Sendable.
        static var ttft: Figure {
            Figure(name: "TTFT", digit: 2, role: .memoryBox, distribution: \.ttft, memory: \.ttft)
        }
        static var tpot: Figure {
            Figure(name: "TPOT", digit: 3, role: .networkBox, distribution: \.tpot, memory: \.tpot)
        }

        /// The budget's limits on it, each with the statistic that it's on.
        func limits(in budget: LatencyBudget?) -> [HistogramMarker] {
            (budget?.limits ?? []).compactMap { limit in
                let statistic: LatencyBudget.Statistic? =
                    switch limit.metric {
                    case .ttft(let statistic) where name == "TTFT": statistic
                    case .tpot(let statistic) where name == "TPOT": statistic
                    default: nil
                    }
                return statistic.map {
                    HistogramMarker("\($0.word) < \(Format.duration(limit.below))", limit.below)
                }
            }
        }
    }

    static func draw(
        _ figure: Figure, _ scene: Scene, memory: inout ChartMemory, on canvas: inout Canvas, in rect: Rect
    ) {
        let (title, right) = head(figure, scene, width: rect.width - 10)
        let inner = Panel(title, right: right, digit: figure.digit, role: figure.role)
            .draw(on: &canvas, in: rect)
        guard !inner.isEmpty else { return }
        let isAlone = scene.view.maximised?.digit == figure.digit
        let rect = isAlone ? LatencyDetails.draw(figure, scene, on: &canvas, in: inner) : inner
        guard !rect.isEmpty else { return }
        let (series, subject) = series(figure, scene)
        let limits = figure.limits(in: scene.charts.budget)
        let range = memory[keyPath: figure.memory].settle(
            HistogramChart.range(of: series, limits: limits, at: scene.now), of: subject, at: scene.now)
        HistogramChart(
            series: series, range: range, arrangement: series.count > 1 ? .strips : .overlaid,
            emptyText: emptyText(scene, width: rect.width), notes: notes(figure, scene),
            bands: figure.name == "TTFT"
                ? scene.band.map { [GaugeBand($0.name, $0.ttft.lowerBound, $0.ttft.upperBound)] } ?? [] : [],
            limits: limits, showsCounts: isAlone
        ).draw(on: &canvas, in: rect)
    }

    /// The title says which level it is of when that isn't the running one. Where there's no room for that
    /// beside the figures, the throughput panel says it alone.
    private static func head(
        _ figure: Figure, _ scene: Scene, width: Int
    ) -> (title: String, right: String?) {
        guard let endpoint = scene.endpoint,
            let (shown, isPast) = scene.drawn(in: endpoint, figure.distribution)
        else { return (figure.name, nil) }
        let suffix = suffix(of: shown, endpoint, scene)
        var titles = [figure.name + suffix, figure.name]
        if isPast {
            // Whose these figures are is said before the figures.
            titles = [
                " before, at \(shown.load.words)", " at \(shown.load.words)",
            ]
            .map { figure.name + $0 }
        } else if shown.isBuffered {
            let blurred = figure.name == "TTFT" ? "TTFT through the buffer" : "\(figure.name) of the buffer"
            titles = [blurred + suffix, blurred] + titles
        }
        for percentiles in [[Percentile.p50, .p95, .p99], [.p50, .p95], [.p95]] {
            let text = text(percentiles, of: figure.distribution(shown))
            for title in titles where TextWidth.columns(of: title + text) <= width { return (title, text) }
        }
        return (titles.first { TextWidth.columns(of: $0) <= width } ?? titles[titles.count - 1], nil)
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
        guard !scene.hasSeveral, let endpoint = scene.chartEndpoint,
            let (level, isPast) = scene.drawn(in: endpoint, figure.distribution)
        else { return [] }
        if isPast { return [emptyText(scene, width: 30)] }
        let count = figure.distribution(level).count
        let answers = "\(Format.grouped(Double(count))) \(count == 1 ? "answer" : "answers")"
        guard figure.name == "TTFT", let band = scene.band else { return [answers] }
        return ["claim \(band.ttftText)", answers]
    }

    /// The selected endpoint in front, the others behind it; and which windows these are of.
    private static func series(
        _ figure: Figure, _ scene: Scene
    ) -> (series: [HistogramSeries], subject: ChartMemory.Windows) {
        var series: [HistogramSeries] = []
        var subject = ChartMemory.Windows(selected: scene.endpointIndex)
        let others = scene.shownEndpoints.filter { $0 != scene.endpointIndex }
        for index in [scene.endpointIndex] + others {
            guard let endpoint = scene.charts.endpoints.at(index),
                let (level, isPast) = scene.drawn(in: endpoint, figure.distribution)
            else { continue }
            let name = Harmless.text(endpoint.info.label, limit: 20)
            let distribution = figure.distribution(level)
            var one =
                index == scene.endpointIndex
                ? HistogramSeries(name: name, distribution: distribution, index: index)
                : HistogramSeries(name: name, bins: distribution.bins, index: index)
            one.isPast = isPast
            series.append(one)
            subject.windows.append(
                ChartMemory.Windows.Window(
                    level: level.level, isFinished: endpoint.live?.level != level.level, isPast: isPast,
                    begin: level.windowStart))
        }
        return (series, subject)
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
