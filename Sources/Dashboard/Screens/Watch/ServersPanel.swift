import Canvas
import Charts
import Measure

/// One row an endpoint, the worst first, and below it one an engine where it has several.
///
/// What is running, waiting and in the KV cache is so now; all else is over the last minute. **As it gets narrower**, these
/// columns give way, first to last: engine and model, speculation, TTFT p50, tokens in, preemptions, hits, the load line's
/// use, errors, tokens out, the KV cache's bar, TPOT, KV, TTFT p95. Where, running and waiting are always there; and what
/// is wrong with one that tells nothing, as long as there is such a one.
///
/// Engines are shown of all servers while there's room for all, else of the selected one.
enum ServersPanel {
    static func draw(
        _ scene: WatchScene, on canvas: inout Canvas, in rect: Rect
    ) {
        let shown = scene.shownEndpoints
        let room = max(0, rect.height - 3)
        let isAlone = scene.view.maximised == .servers
        let table = ServersTable(scene, shown: shown, room: room, width: rect.width - 2)
        var right = table.rows.count > room ? ["\(room) of \(table.rows.count) rows"] : []
        if !scene.view.filter.isEmpty {
            right = [
                "\(shown.count) of \(scene.servers.count): filter \"\(Harmless.text(scene.view.filter, limit: 20))\""
            ]
        }
        right.append("sort: \(scene.screen.order.name)")
        let inner = Panel("endpoints", right: right.joined(separator: "  "), digit: 1).draw(
            on: &canvas, in: rect)
        guard !inner.isEmpty else { return }
        guard !scene.servers.isEmpty else {
            drawNone(scene, on: &canvas, in: inner)
            return
        }
        let height = isAlone ? min(inner.height, table.rows.count + 2) : inner.height
        TextTable(
            columns: table.columns, rows: table.rows, selected: table.selected, footer: table.total,
            leastGap: 1
        ).draw(on: &canvas, in: Rect(x: inner.x, y: inner.y, width: inner.width, height: height))
        if isAlone {
            FindingsList.draw(
                scene, of: shown, on: &canvas,
                in: Rect(
                    x: inner.x, y: inner.y + height + 1, width: inner.width,
                    height: inner.height - height - 1))
        }
    }

    private static func drawNone(_ scene: WatchScene, on canvas: inout Canvas, in rect: Rect) {
        let lines =
            scene.screen.isReplay || scene.snapshot.ended
            ? ["no server was seen"]
            : [
                "no server yet: this machine is looked through for some that listen",
                "plimsoll watch URL names one that runs elsewhere",
            ]
        for (row, line) in lines.prefix(rect.height).enumerated() {
            canvas.write(
                canvas.glyphs.fit(line), x: rect.x + 1, y: rect.y + row, style: scene.style(.inactive),
                maxWidth: rect.width - 1, ellipsis: canvas.glyphs.ellipsis)
        }
    }
}
