import Canvas
import Charts
import Measure

/// What a latency's panel shows beyond its histogram when it's alone on the screen: every figure in words, and all levels
/// as a heat map.
enum LatencyDetails {
    private static let listColumns = 22
    private static let leastHistogram = 7
    private static let leastMap = 6

    /// Returns what is left for the histogram.
    static func draw(
        _ figure: LatencyPanel.Figure, _ scene: Scene, on canvas: inout Canvas, in rect: Rect
    ) -> Rect {
        var rest = rect
        if rest.width >= 3 * listColumns {
            let list = Rect(x: rest.maxX - listColumns, y: rest.y, width: listColumns, height: rest.height)
            drawList(figure, scene, on: &canvas, in: list)
            rest.width -= listColumns + 1
        }
        guard rest.height >= leastHistogram + leastMap + 1 else { return rest }
        let height = max(leastMap, rest.height / 2)
        drawMap(
            figure, scene, on: &canvas,
            in: Rect(x: rest.x, y: rest.maxY - height, width: rest.width, height: height))
        rest.height -= height + 1
        return rest
    }

    private static func drawList(
        _ figure: LatencyPanel.Figure, _ scene: Scene, on canvas: inout Canvas, in rect: Rect
    ) {
        guard let endpoint = scene.endpoint, let (level, _) = scene.drawn(in: endpoint, figure.distribution)
        else { return }
        let distribution = figure.distribution(level)
        var lines: [(name: String, text: String, role: ThemeRole)] = [
            ("answers", Format.grouped(distribution.count), .foreground)
        ]
        func add(_ name: String, _ value: Double?, role: ThemeRole = .foreground) {
            lines.append((name, Format.duration(value), role))
        }
        add("min", distribution.count > 0 ? distribution.min : nil)
        add("mean", distribution.knownMean)
        add("± deviation", distribution.count > 0 ? distribution.standardDeviation : nil)
        for percentile in Percentile.allCases { add(percentile.name, distribution.percentile(percentile)) }
        add("max", distribution.count > 0 ? distribution.max : nil)
        for limit in figure.limits(in: scene.snapshot.budget) {
            lines.append(("budget", limit.name, .budget))
        }
        canvas.write(
            scene.glyphs.fit("at \(level.load.words)"), x: rect.x, y: rect.y,
            style: scene.style(.title),
            maxWidth: rect.width)
        for (row, line) in lines.prefix(max(0, rect.height - 1)).enumerated() {
            let y = rect.y + 1 + row
            canvas.write(scene.glyphs.fit(line.name), x: rect.x, y: y, style: scene.style(.inactive))
            canvas.write(
                rightAligned: scene.glyphs.fit(line.text), endX: rect.maxX, y: y,
                style: scene.style(line.role),
                maxWidth: rect.width - 7, ellipsis: scene.glyphs.ellipsis)
        }
    }

    /// In the order of their load, the running one marked.
    private static func drawMap(
        _ figure: LatencyPanel.Figure, _ scene: Scene, on canvas: inout Canvas, in rect: Rect
    ) {
        guard let endpoint = scene.chartEndpoint, rect.height > 2 else { return }
        canvas.write(
            "every level: \(figure.name) by users", x: rect.x, y: rect.y, style: scene.style(.title),
            maxWidth: rect.width)
        var levels = endpoint.levelsByLoad.map { (endpoint.levels[$0], endpoint.levels[$0].load.label) }
        if let live = endpoint.live, !endpoint.phase.isFinal {
            let place = levels.firstIndex { $0.0.load > live.load } ?? levels.endIndex
            levels.insert((live, "\(Character(scene.glyphs.live))\(live.load.label)"), at: place)
        }
        HeatMap(
            bounds: (1...LogBins.count).map { LogBins.lowerBound(of: $0) },
            columns: levels.map { level, _ in
                let distribution = figure.distribution(level)
                return HeatMap.Column(
                    counts: distribution.bins.counts.map(Double.init), p50: distribution.percentile(.p50),
                    p95: distribution.percentile(.p95))
            },
            axis: .names(levels.map(\.1)), limits: figure.limits(in: scene.charts.budget),
            emptyText: "the first level makes the first column"
        ).draw(
            on: &canvas, in: Rect(x: rect.x, y: rect.y + 1, width: rect.width, height: rect.height - 1))
    }
}
