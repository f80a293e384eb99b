import Canvas
import Charts
import Measure

/// One endpoint in full: all that it says, in blocks that flow over as many columns as there's room for.
enum FullPanel {
    private static let blockColumns = 56

    static func draw(
        _ scene: WatchScene, _ memory: WatchMemory, on canvas: inout Canvas, in rect: Rect
    ) {
        guard let server = scene.server else { return }
        let right = scene.screen.cursor.map { "at \(scene.clock($0))" } ?? "Enter or Esc closes it"
        let name = [
            scene.serverName, server.engineAndModel, server.server.map { Harmless.text($0.text, limit: 40) },
        ]
        .compactMap(\.self).filter { !$0.isEmpty }
        let inner = Panel(name.joined(separator: "  "), right: right, isFocused: true).draw(
            on: &canvas, in: rect)
        guard !inner.isEmpty else { return }
        let blocks = FullBlocks(server, memory.view(of: server, scene), scene, memory).all
        let across = max(1, min(3, inner.width / blockColumns))
        let width = inner.width / across
        var column = 0
        var y = inner.y
        for block in blocks {
            let height = block.lines.count + 1
            if y > inner.y, y + height > inner.maxY {
                column += 1
                y = inner.y
            }
            guard column < across else { break }
            draw(
                block, scene, on: &canvas, x: inner.x + 1 + column * width, y: y, width: width - 2,
                end: inner.maxY)
            y += height + 1
        }
    }

    private static func draw(
        _ block: FullBlock, _ scene: WatchScene, on canvas: inout Canvas, x: Int, y: Int, width: Int, end: Int
    ) {
        canvas.write(
            canvas.glyphs.fit(block.title), x: x, y: y, style: scene.style(.title, .bold), maxWidth: width)
        for (row, line) in block.lines.enumerated() where y + 1 + row < end {
            let y = y + 1 + row
            let used = canvas.write(
                canvas.glyphs.fit(line.name), x: x, y: y, style: scene.style(.inactive), maxWidth: width,
                ellipsis: canvas.glyphs.ellipsis)
            let text = canvas.glyphs.fit(line.text)
            let room = max(0, width - used - 1)
            if TextWidth.columns(of: text) <= room {
                canvas.write(rightAligned: text, endX: x + width, y: y, style: scene.style(line.role))
            } else {
                canvas.write(
                    text, x: x + used + 1, y: y, style: scene.style(line.role), maxWidth: room,
                    ellipsis: canvas.glyphs.ellipsis)
            }
        }
    }
}

/// Some lines under a title.
struct FullBlock {
    var title: String
    var lines: [Line]

    struct Line {
        var name: String
        var text: String
        var role: ThemeRole = .foreground
    }
}
