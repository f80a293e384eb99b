import Canvas
import Charts
import Measure

/// The last line: the keys, as many as there's room for, the most needed first.
enum FooterPanel {
    static func draw(_ scene: Scene, on canvas: inout Canvas, in rect: Rect) {
        guard !rect.isEmpty else { return }
        if scene.panels[.message] == nil, MessagePanel.drawUrgent(scene, on: &canvas, in: rect) { return }
        if scene.view.help != nil {
            drawHelpKeys(scene, on: &canvas, in: rect)
            return
        }
        var x = rect.x + 1
        for row in rows(scene, width: rect.width - 2) {
            x +=
                canvas.write(row.short(in: scene), x: x, y: rect.y, style: scene.style(.highlight, .bold)) + 1
            x += canvas.write(row.word(in: scene), x: x, y: rect.y, style: scene.style(.foreground)) + 2
        }
    }

    private static func drawHelpKeys(_ scene: Scene, on canvas: inout Canvas, in rect: Rect) {
        var x = rect.x + 1
        let arrows = "\(Character(scene.glyphs.up))\(Character(scene.glyphs.down))"
        for (key, word) in [("Esc", "back"), ("Tab", "other page"), (arrows, "scroll")] {
            x += canvas.write(key, x: x, y: rect.y, style: scene.style(.highlight, .bold)) + 1
            x += canvas.write(word, x: x, y: rect.y, style: scene.style(.foreground)) + 2
        }
    }

    /// Those that fit, in the table's order.
    static func rows(_ scene: Scene, width: Int) -> [KeyTable.Row] {
        let offered = scene.keys.rows.enumerated().filter { useful($0.element, scene) }
        var room = width + 2
        var taken: Set<Int> = []
        for (index, row) in offered.sorted(by: { rank($0.element, scene) < rank($1.element, scene) }) {
            let columns =
                TextWidth.columns(of: row.short(in: scene)) + 1 + TextWidth.columns(of: row.word(in: scene))
                + 2
            guard columns <= room else { break }
            room -= columns
            taken.insert(index)
        }
        return offered.filter { taken.contains($0.offset) }.map(\.element)
    }

    /// While the load is paused, the key that lets it go on comes first.
    private static func rank(_ row: KeyTable.Row, _ scene: Scene) -> Int {
        if row.bindings.first?.command == .steer(.pause), scene.endpoint?.phase == .paused { return 0 }
        return row.footerRank ?? .max
    }

    private static func useful(_ row: KeyTable.Row, _ scene: Scene) -> Bool {
        guard row.footerRank != nil else { return false }
        let command = row.bindings.first?.command
        if command == .back { return scene.view.canGoBack }
        if command == .nextEndpoint || command == .previousEndpoint { return scene.hasSeveral }
        let isDone = scene.isOver || scene.endpoint?.phase.isFinal == true
        if scene.mode == .replay || isDone { return !row.steers }
        return true
    }
}

extension KeyTable.Row {
    fileprivate func short(in scene: Scene) -> String {
        switch bindings.first?.command {
        case .panel: scene.hasSeveral ? "1-6" : "1-5"
        case .olderLevel: "\(Character(scene.glyphs.left))\(Character(scene.glyphs.right))"
        case .previousEndpoint: "\(Character(scene.glyphs.up))\(Character(scene.glyphs.down))"
        default: short
        }
    }

    fileprivate func word(in scene: Scene) -> String {
        switch bindings.first?.command {
        case .freeze where scene.isFrozen: "thaw"
        case .steer(.pause) where scene.endpoint?.phase == .paused: "go on"
        case .panel where scene.view.maximised != nil: "restore"
        default: word
        }
    }
}
