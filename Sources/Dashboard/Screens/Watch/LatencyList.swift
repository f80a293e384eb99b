import Canvas
import Charts
import Measure

/// Every figure of a latency in words, over each span: beside its heat map when that is alone on the screen.
enum LatencyList {
    static let columns = 30

    static func draw(
        _ metric: HeatPanel.Metric, _ server: ServerSnapshot, _ scene: WatchScene,
        on canvas: inout Canvas, in rect: Rect
    ) {
        var lines: [(name: String, text: String, role: ThemeRole)] = []
        for (name, figures) in spans(server, scene) {
            lines.append((name, "", .title))
            guard let latency = metric.latency(in: figures) else {
                lines.append(("  not known", "", .inactive))
                continue
            }
            lines.append(("  answers", Format.grouped(latency.count), .foreground))
            lines.append(("  mean, exact", Format.duration(latency.mean), .foreground))
            for percentile in [Percentile.p50, .p95, .p99] {
                lines.append(
                    ("  \(percentile.name)", Format.quantile(latency.quantile(percentile)), .foreground))
            }
            for limit in scene.limits where metric.isOf(limit.metric) {
                let share = latency.buckets?.share(below: limit.below)
                lines.append(("  under \(Format.duration(limit.below))", Format.bracket(share), .budget))
            }
        }
        for (row, line) in lines.prefix(rect.height).enumerated() {
            let y = rect.y + row
            let used = canvas.write(
                canvas.glyphs.fit(line.name), x: rect.x, y: y,
                style: scene.style(line.role == .title ? .title : .inactive), maxWidth: rect.width)
            canvas.write(
                rightAligned: canvas.glyphs.fit(line.text), endX: rect.maxX, y: y,
                style: scene.style(line.role),
                maxWidth: max(0, rect.width - used - 1), ellipsis: canvas.glyphs.ellipsis)
        }
    }

    private static func spans(
        _ server: ServerSnapshot, _ scene: WatchScene
    ) -> [(String, ServerFigures)] {
        if let cursor = scene.screen.cursor {
            return server.view.map {
                [("the minute to \(scene.clock(cursor))", $0.minute)]
            }
                ?? []
        }
        var spans: [(String, ServerFigures)] = []
        if let facts = server.facts {
            spans += [("last minute", facts.minute), ("last 5 minutes", facts.fiveMinutes)]
        }
        if let session = server.session { spans.append(("session", session)) }
        return spans
    }
}
