import Canvas
import Measure

/// The last line: the keys, as many as there's room for, the most needed first.
enum FooterPanel {
    static func draw(_ stage: Stage<some Screen>, on canvas: inout Canvas, in rect: Rect) {
        guard !rect.isEmpty else { return }
        if stage.panels[.message] == nil, MessagePanel.drawUrgent(stage, on: &canvas, in: rect) { return }
        if stage.view.help != nil {
            drawHelpKeys(stage, on: &canvas, in: rect)
            return
        }
        var x = rect.x + 1
        for row in rows(stage, width: rect.width - 2) {
            x +=
                canvas.write(row.short, x: x, y: rect.y, style: stage.style(.highlight, .bold)) + 1
            x += canvas.write(row.word, x: x, y: rect.y, style: stage.style(.foreground)) + 2
        }
    }

    private static func drawHelpKeys(_ stage: Stage<some Screen>, on canvas: inout Canvas, in rect: Rect) {
        var x = rect.x + 1
        let arrows = "\(Character(stage.glyphs.up))\(Character(stage.glyphs.down))"
        for (key, word) in [("Esc", "back"), ("Tab", "other page"), (arrows, "scroll")] {
            x += canvas.write(key, x: x, y: rect.y, style: stage.style(.highlight, .bold)) + 1
            x += canvas.write(word, x: x, y: rect.y, style: stage.style(.foreground)) + 2
        }
    }

    /// Those that fit, in the table's order.
    static func rows(_ stage: Stage<some Screen>, width: Int) -> [KeyTable.Row] {
        let offered = stage.screen.keys.rows.compactMap { offer($0, stage) }
        var room = width + 2
        var taken: Set<Int> = []
        for (index, row) in offered.enumerated().sorted(by: { rank($0.element) < rank($1.element) }) {
            let columns = TextWidth.columns(of: row.short) + 1 + TextWidth.columns(of: row.word) + 2
            guard columns <= room else { break }
            room -= columns
            taken.insert(index)
        }
        return offered.indices.filter(taken.contains).map { offered[$0] }
    }

    private static func rank(_ row: KeyTable.Row) -> Int { row.footerRank ?? .max }

    private static func offer(_ row: KeyTable.Row, _ stage: Stage<some Screen>) -> KeyTable.Row? {
        guard row.footerRank != nil, var row = stage.screen.offer(row, stage) else { return nil }
        switch row.bindings.first?.command {
        case .back where !canGoBack(stage): return nil
        case .previousEndpoint:
            guard stage.rows.count > 1 else { return nil }
            row.short = "\(Character(stage.glyphs.up))\(Character(stage.glyphs.down))"
        case .freeze where stage.isFrozen: row.word = "thaw"
        case .panel where stage.view.maximised != nil: row.word = "restore"
        default: break
        }
        return row
    }

    private static func canGoBack(_ stage: Stage<some Screen>) -> Bool {
        stage.view.help != nil || stage.view.maximised != nil || stage.screen.canGoBack
            || !stage.view.filter.isEmpty
    }
}
