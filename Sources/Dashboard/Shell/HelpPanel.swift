import Canvas
import Charts
import Measure

/// The overlay that `?` opens: a page of keys, made from the key table, and a page of words.
enum HelpPanel {
    struct Line: Hashable {
        var term: String
        var text: String
        var isHeading = false
        var isOff = false
    }

    static func draw(
        _ page: ViewState.HelpPage, _ stage: Stage<some Screen>, on canvas: inout Canvas, in rect: Rect
    ) {
        guard !rect.isEmpty else { return }
        canvas.fill(rect, Cell(" ", Style(.terminal, on: canvas.theme.color(.background))))
        let title = page == .keys ? "help: keys" : "help: words"
        let other = page == .keys ? "Tab: words, Esc: back" : "Tab: keys, Esc: back"
        let inner = Panel(title, right: other, role: .highlight, isFocused: true)
            .draw(on: &canvas, in: rect)
        guard inner.width > 4, inner.height > 0 else { return }
        let text = Rect(x: inner.x + 1, y: inner.y, width: inner.width - 2, height: inner.height)
        let lines = lines(page, stage, width: text.width)
        let overflows = lines.count > text.height
        let visible = overflows ? max(1, text.height - 1) : text.height
        let offset = max(0, min(stage.view.helpScroll, lines.count - visible))
        let termColumns = termColumns(page, stage, width: text.width)
        for (row, line) in lines.dropFirst(offset).prefix(visible).enumerated() {
            let y = text.y + row
            if line.isHeading {
                canvas.write(
                    line.term, x: text.x, y: y, style: stage.style(.title, .bold), maxWidth: text.width)
                continue
            }
            canvas.write(
                line.term, x: text.x, y: y,
                style: stage.style(line.isOff ? .inactive : .highlight, line.isOff ? [] : .bold),
                maxWidth: termColumns)
            canvas.write(
                line.text, x: text.x + termColumns + 2, y: y,
                style: stage.style(line.isOff ? .inactive : .foreground))
        }
        if overflows, text.height > 1 {
            let last = min(lines.count, offset + visible)
            let down = Character(stage.glyphs.down)
            let up = Character(stage.glyphs.up)
            let more = "\(up)\(down) lines \(offset + 1)-\(last) of \(lines.count)"
            canvas.write(rightAligned: more, endX: text.maxX, y: text.maxY - 1, style: stage.style(.inactive))
        }
    }

    /// The furthest that it can be scrolled.
    static func scrollLimit(_ page: ViewState.HelpPage, _ stage: Stage<some Screen>, in rect: Rect) -> Int {
        let inner = rect.inset()
        let count = lines(page, stage, width: inner.width - 2).count
        return count > inner.height ? count - max(1, inner.height - 1) : 0
    }

    static func lines(_ page: ViewState.HelpPage, _ stage: Stage<some Screen>, width: Int) -> [Line] {
        let columns = max(1, width - termColumns(page, stage, width: width) - 2)
        func entry(_ term: String, _ text: String, isOff: Bool = false) -> [Line] {
            Paragraph.lines(text, width: columns).enumerated().map {
                Line(term: $0.offset == 0 ? term : "", text: $0.element, isOff: isOff)
            }
        }
        switch page {
        case .keys:
            var lines: [Line] = []
            if let note = stage.screen.keysNote { lines += entry("", note) }
            for row in stage.screen.keys.rows {
                let isOff = row.steers && (stage.screen.isReplay || stage.isOver)
                let help = stage.screen.isReplay ? row.helpInReplay ?? row.help : row.help
                lines += entry(row.keys, (isOff ? "off: " : "") + help, isOff: isOff)
            }
            lines += entry("", "in a note or filter: Enter takes it, Esc drops it, ^U empties it")
            return lines
        case .words:
            var lines: [Line] = []
            for chapter in stage.screen.glossary {
                if let heading = chapter.heading {
                    lines.append(Line(term: "", text: ""))
                    lines.append(Line(term: heading, text: "", isHeading: true))
                }
                lines += chapter.entries.flatMap { entry($0.word, $0.meaning) }
            }
            return lines
        }
    }

    private static func termColumns(_ page: ViewState.HelpPage, _ stage: Stage<some Screen>, width: Int)
        -> Int
    {
        let terms =
            switch page {
            case .keys: stage.screen.keys.rows.map(\.keys)
            case .words: stage.screen.glossary.flatMap(\.entries).map(\.word)
            }
        let widest = terms.map(TextWidth.columns(of:)).max() ?? 0
        return min(widest, max(6, width / 3))
    }
}
