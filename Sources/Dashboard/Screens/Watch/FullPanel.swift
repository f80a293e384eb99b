import Canvas
import Charts
import Measure

/// One endpoint in full: all that it says, in blocks that flow over as many columns and pages as they need.
enum FullPanel {
    private static let blockColumns = 56

    /// Returns the page that was drawn, and how many there are.
    static func draw(
        _ scene: WatchScene, on canvas: inout Canvas, in rect: Rect
    ) -> (page: Int, pages: Int) {
        guard let server = scene.server else {
            Panel("no endpoint yet", right: "Esc closes it", isFocused: true).draw(on: &canvas, in: rect)
            return (0, 1)
        }
        let room = rect.inset()
        let across = max(1, min(4, room.width / blockColumns))
        let columns = flow(
            FullBlocks(server, scene).all, height: room.height)
        let pages = max(1, (columns.count + across - 1) / across)
        let page = max(0, min(scene.screen.page, pages - 1))
        var right = scene.screen.cursor.map { "at \(scene.clock($0))" } ?? "Enter or Esc closes it"
        if pages > 1 { right = "page \(page + 1) of \(pages), PgDn" }
        let name = [
            scene.serverName, server.engineAndModel(),
            server.server.map { Harmless.text($0.text, limit: 40) },
        ]
        let inner = Panel(
            name.compactMap(\.self).filter { !$0.isEmpty }.joined(separator: "  "), right: right,
            isFocused: true
        ).draw(on: &canvas, in: rect)
        guard !inner.isEmpty else { return (page, pages) }
        let width = inner.width / across
        for (place, column) in columns.dropFirst(page * across).prefix(across).enumerated() {
            for (row, line) in column.enumerated() {
                draw(
                    line, scene, on: &canvas, x: inner.x + 1 + place * width, y: inner.y + row,
                    width: width - 2)
            }
        }
        return (page, pages)
    }

    /// A block stays whole where it can.
    private static func flow(_ blocks: [FullBlock], height: Int) -> [[FullBlock.Line]] {
        guard height > 0 else { return [] }
        var columns: [[FullBlock.Line]] = [[]]
        for block in blocks {
            let lines = [FullBlock.Line(name: block.title, text: "", role: .title)] + block.lines
            let used = columns[columns.count - 1].count
            if used > 0, used + 1 + lines.count > height {
                columns.append([])
            } else if used > 0 {
                columns[columns.count - 1].append(FullBlock.Line(name: "", text: ""))
            }
            for line in lines {
                if columns[columns.count - 1].count == height { columns.append([]) }
                columns[columns.count - 1].append(line)
            }
        }
        return columns
    }

    private static func draw(
        _ line: FullBlock.Line, _ scene: WatchScene, on canvas: inout Canvas, x: Int, y: Int, width: Int
    ) {
        let isTitle = line.role == .title
        let used = canvas.write(
            canvas.glyphs.fit(line.name), x: x, y: y,
            style: scene.style(
                isTitle ? .title : line.isSentence ? line.role : .inactive, isTitle ? .bold : []),
            maxWidth: width, ellipsis: canvas.glyphs.ellipsis)
        let text = canvas.glyphs.fit(line.text)
        let room = max(0, width - used - 1)
        let start = line.isSentence ? x + used + 1 : x + width - min(room, TextWidth.columns(of: text))
        canvas.write(
            text, x: start, y: y, style: scene.style(line.role), maxWidth: room,
            ellipsis: canvas.glyphs.ellipsis)
    }
}

/// Some lines under a title.
struct FullBlock {
    var title: String
    var lines: [Line]

    struct Line {
        var name: String
        /// At the right; of a sentence beside the name.
        var text: String
        var role: ThemeRole = .foreground
        var isSentence = false
    }
}
