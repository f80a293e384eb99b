import Canvas
import Charts
import Measure

/// A latency of the selected endpoint over time, in its own buckets; the budget's limit crosses it, and below it stands what
/// the last minute comes to.
enum HeatPanel {
    enum Place { case first, second }

    /// What is drawn.
    enum Metric: Hashable, Sendable {
        case ttft, tpot, itl, e2e

        var name: String {
            switch self {
            case .ttft: "TTFT"
            case .tpot: "TPOT"
            case .itl: "ITL"
            case .e2e: "E2E"
            }
        }

        func latency(in figures: ServerFigures) -> LatencyFigures? {
            switch self {
            case .ttft: figures.ttft
            case .tpot: figures.tpot
            case .itl: figures.itl
            case .e2e: figures.e2e
            }
        }

        /// What a client saw of it; nil where that isn't known.
        func latency(in answer: CanaryAnswer) -> Double? {
            switch self {
            case .ttft: answer.ttft.map(Double.init)
            // Its one figure of the time between tokens.
            case .tpot, .itl: answer.tpot
            case .e2e: answer.e2e.map(Double.init)
            }
        }

        func isOf(_ metric: LatencyBudget.Metric) -> Bool {
            switch (self, metric) {
            case (.ttft, .ttft), (.tpot, .tpot), (.itl, .itl), (.e2e, .e2e): true
            default: false
            }
        }
    }

    static func draw(
        _ place: Place, _ scene: WatchScene, _ memory: inout WatchMemory, on canvas: inout Canvas,
        in rect: Rect
    ) {
        let metric = metric(place, scene)
        let view = scene.server?.view
        let latency = view.flatMap { metric.latency(in: $0.minute) }
        let attainments = attainments(metric, scene)
        var right = latency?.buckets == nil ? nil : "~ its buckets"
        // Where there's no room for lines below the map.
        if rect.height - 2 < leastForLines, let attainment = attainments.first, attainment.share != nil {
            right =
                "\(attainment.verdict.sign(scene.glyphs)) \(Format.bracket(attainment.share))"
        }
        let inner = Panel(
            "\(metric.name) heat\(scene.server == nil ? "" : " " + scene.serverName)", right: right,
            digit: place == .first ? 3 : 4
        ).draw(on: &canvas, in: rect)
        guard !inner.isEmpty, let server = scene.server else { return }
        guard latency?.buckets != nil || memory.course?.has(metric) == true else {
            drawNothing(metric, latency, server, view, scene, &memory, on: &canvas, in: inner)
            return
        }
        var chart = inner
        if isAlone(scene), inner.width >= 3 * LatencyList.columns {
            chart.width -= LatencyList.columns + 1
            LatencyList.draw(
                metric, server, scene, on: &canvas,
                in: Rect(
                    x: chart.maxX + 1, y: inner.y, width: LatencyList.columns, height: inner.height))
        }
        let lines = summary(metric, latency, attainments, server, scene)
        let count = min(lines.count, max(0, chart.height - leastForLines + 1))
        drawMap(
            metric, server, scene, &memory, on: &canvas,
            in: Rect(x: chart.x, y: chart.y, width: chart.width, height: chart.height - count))
        for (row, line) in lines.suffix(count).enumerated() {
            line.draw(on: &canvas, x: chart.x + 1, y: chart.maxY - count + row, width: chart.width - 1)
        }
    }

    private static let leastForLines = 5

    /// What stands in facts is of now, and as long as the server tells something.
    private static func attainments(_ metric: Metric, _ scene: WatchScene) -> [Attainment] {
        guard let server = scene.server, !server.isSilent else { return [] }
        return (server.facts?.attainments ?? []).filter {
            metric.isOf($0.limit.metric) && scene.limits.contains($0.limit)
        }
    }

    private static func isAlone(_ scene: WatchScene) -> Bool {
        scene.view.maximised == .firstHeat || scene.view.maximised == .secondHeat
    }

    /// The second one shows what a limit that is looked at is about; else the time a token takes, as the server says it.
    private static func metric(_ place: Place, _ scene: WatchScene) -> Metric {
        guard place == .second else { return .ttft }
        if scene.screen.limit != nil, let limit = scene.limits.first {
            switch limit.metric {
            case .e2e: return .e2e
            case .itl: return .itl
            case .ttft, .tpot, .error: break
            }
        }
        let figures = scene.server?.facts?.minute
        return figures?.tpot == nil && figures?.itl != nil ? .itl : .tpot
    }

    private static func drawMap(
        _ metric: Metric, _ server: ServerSnapshot, _ scene: WatchScene, _ memory: inout WatchMemory,
        on canvas: inout Canvas, in rect: Rect
    ) {
        guard let course = memory.course, course.server == server.id else { return }
        let plot = HeatMap.plotColumns(in: rect)
        let time = TimeColumns(
            endingAt: course.end, span: scene.screen.span.length, room: plot, interval: scene.interval)
        let limits = scene.limits.filter { metric.isOf($0.metric) }
        let axis = TimeAxis(time, scene)
        let isCounted = course.has(metric)
        let bounds = isCounted ? course.bounds(metric) : CanaryBuckets.bounds
        var map = HeatMap(
            bounds: bounds,
            columns: isCounted
                ? course.columns(metric, bounds: bounds, time)
                    .flatMap { Array(repeating: $0, count: time.each) } : [],
            axis: .time(from: axis.from, to: axis.to),
            limits: limits.map { HistogramMarker($0.name, $0.below) },
            emptyText: "no answers in these \(WatchSpan.words(time.span))",
            points: points(metric, server, time, until: course.end), pointsName: "canary")
        map.rows = memory.settle(
            map.fittedRows,
            WatchMemory.HeatMapKey(
                server: server.id, metric: metric, span: scene.screen.span, bounds: bounds))
        map.draw(on: &canvas, in: rect)
        axis.drawCursor(
            on: &canvas, in: Rect(x: rect.maxX - plot, y: rect.y, width: plot, height: rect.height - 1),
            cellsAreHalved: false)
    }

    private static func points(
        _ metric: Metric, _ server: ServerSnapshot, _ time: TimeColumns, until end: Moment
    ) -> [HeatMap.Point] {
        server.canaries.compactMap { canary in
            guard canary.at <= end, let index = time.index(of: canary.at) else { return nil }
            let value = metric.latency(in: canary.answer)
            guard value != nil || canary.answer.failure != nil else { return nil }
            return HeatMap.Point(back: (time.count - 1 - index) * time.each, value: value)
        }
    }

    /// Percentiles, and what of the budget they come to.
    private static func summary(
        _ metric: Metric, _ latency: LatencyFigures?, _ attainments: [Attainment], _ server: ServerSnapshot,
        _ scene: WatchScene
    ) -> [SegmentLine] {
        func part(_ name: String, _ text: String, priority: Int) -> Segment {
            Segment(
                "\(name) \(scene.glyphs.fit(text))", role: server.isSilent ? .inactive : .foreground,
                priority: priority)
        }
        return [canaryLine(metric, server, scene)].compactMap(\.self) + [
            SegmentLine(left: [
                part("p50", Format.quantile(latency?.quantile(.p50)), priority: 4),
                part("p95", Format.quantile(latency?.quantile(.p95)), priority: 5),
                part("p99", Format.quantile(latency?.quantile(.p99)), priority: 3),
                part("mean", Format.duration(latency?.mean), priority: 2),
            ])
        ]
            + attainments.map { attainment in
                SegmentLine(left: [
                    Segment(
                        scene.glyphs.fit(attainment.text(scene.glyphs)), role: attainment.verdict.role,
                        attainment.verdict == .broken ? .bold : [], priority: 1)
                ])
            }
    }

    private static func canaryLine(
        _ metric: Metric, _ server: ServerSnapshot, _ scene: WatchScene
    ) -> SegmentLine? {
        scene.canaries(of: server).last.map { canary in
            SegmentLine(left: [
                Segment(
                    scene.glyphs.fit(metric.words(canary, scene)),
                    role: canary.answer.failure == nil ? .highlight : .bad, priority: 1)
            ])
        }
    }

    /// Of a server that has no such histogram: what there is instead, and what canaries met with.
    private static func drawNothing(
        _ metric: Metric, _ latency: LatencyFigures?, _ server: ServerSnapshot, _ view: ServerView?,
        _ scene: WatchScene, _ memory: inout WatchMemory, on canvas: inout Canvas, in rect: Rect
    ) {
        var lines: [(String, ThemeRole)] = []
        if view?.minute.elapsed == nil {
            lines.append((server.isSilent ? "it tells nothing" : "the second reading shows it", .inactive))
        } else if let mean = latency?.mean {
            lines.append(("mean \(Format.duration(mean)) over the last minute", .foreground))
            lines.append(("its engines have different buckets: no more can be told", .inactive))
        } else {
            lines.append(("\(server.kind.name.text) publishes no \(metric.name) histogram", .inactive))
            if server.canaries.isEmpty, scene.snapshot.session.watch?.canary == nil {
                lines.append(("--canary 60s sends one small request a minute", .inactive))
            }
        }
        let canaries = scene.canaries(of: server)
        if let canary = canaries.last {
            lines.append((metric.words(canary, scene), canary.answer.failure == nil ? .highlight : .bad))
        }
        let room = rect.height - lines.count
        if room >= leastForLines, canaries.contains(where: { metric.latency(in: $0.answer) != nil }) {
            drawMap(
                metric, server, scene, &memory, on: &canvas,
                in: Rect(x: rect.x, y: rect.y + lines.count, width: rect.width, height: room))
        }
        for (row, line) in lines.prefix(rect.height).enumerated() {
            canvas.write(
                canvas.glyphs.fit(line.0), x: rect.x + 1, y: rect.y + row, style: scene.style(line.1),
                maxWidth: rect.width - 1, ellipsis: canvas.glyphs.ellipsis)
        }
    }
}
