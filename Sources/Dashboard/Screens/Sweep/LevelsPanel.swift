import Canvas
import Charts
import Measure

/// One row a level: all that was measured, the running one last.
///
/// **As it gets narrower**, these columns give way, first to last: own CPU, own lag, answers, ITL p99, E2E p50,
/// TTFT p99, ± CI, TPOT p50, req/s, TTFT p50, err, E2E p95, TPOT p95, TTFT p95. Users, tokens/s and
/// trust are always there.
enum LevelsPanel {
    static func draw(_ scene: Scene, on canvas: inout Canvas, in rect: Rect) {
        let name = scene.endpoint.map { Harmless.text($0.info.label, limit: 30) } ?? ""
        let title = scene.hasSeveral ? "levels \(scene.sign(of: scene.endpointIndex)) \(name)" : "levels"
        let rows = rows(scene)
        let inner = Panel(
            title, right: right(scene, rows: rows.count, room: rect.height - 3), digit: 5, role: .divider,
            isFocused: scene.screen.level != nil
        )
        .draw(on: &canvas, in: rect)
        guard !inner.isEmpty else { return }
        let limits = Set(LevelColumn.allCases.filter { column in rows.contains { $0.passes(column) } })
        let kept = LevelColumn.fitting(width: inner.width, limits: limits)
        let cells = rows.map { row in kept.map { row.cell($0, scene, width: inner.width) } }
        let selected = rows.firstIndex(where: \.isPinned)
        let visible = max(1, inner.height - 1)
        TextTable(
            columns: kept.map { $0.column(in: kept, width: inner.width, limits: limits) }, rows: cells,
            selected: selected,
            offset: offset(rows: rows.count, visible: visible, selected: selected),
            emptyText: emptyText(scene)
        ).draw(on: &canvas, in: inner)
    }

    /// The newest rows, or those around the selected one.
    private static func offset(rows: Int, visible: Int, selected: Int?) -> Int {
        let last = max(0, rows - visible)
        guard let selected else { return last }
        return max(0, min(last, selected - (visible - 1) / 2))
    }

    /// The finished levels that the filter lets through, and the running one.
    static func rows(_ scene: Scene) -> [LevelRow] {
        guard let endpoint = scene.endpoint else { return [] }
        let pinned = scene.reviewedIndex(in: endpoint)
        var rows = endpoint.levels.enumerated().map {
            LevelRow(level: $0.element, state: .finished, isPinned: $0.offset == pinned)
        }
        if !scene.filter.text.isEmpty, !scene.filter.isForEndpoints {
            rows = rows.filter { $0.isPinned || $0.level.matches(scene.filter.text) }
        }
        if let live = endpoint.live, !endpoint.phase.isFinal {
            rows.append(LevelRow(level: live, state: .running(endpoint.phase), isPinned: false))
        }
        return rows
    }

    private static func right(_ scene: Scene, rows: Int, room: Int) -> String? {
        guard let endpoint = scene.endpoint else { return nil }
        if !scene.filter.text.isEmpty, !scene.filter.isForEndpoints {
            let shown = endpoint.levels.count { $0.matches(scene.filter.text) }
            return
                "\(shown) of \(endpoint.levels.count): filter \"\(Harmless.text(scene.view.filter, limit: 20))\""
        }
        guard let pinned = scene.pinned(in: endpoint) else {
            guard !endpoint.levels.isEmpty else { return nil }
            let hidden = rows - room
            return hidden > 0 && room > 2
                ? "\(endpoint.levels.count) done, \(hidden) more" : "\(endpoint.levels.count) done"
        }
        let back = scene.isOver ? "back" : "live"
        return "looking at \(pinned.load.words), Esc: \(back)"
    }

    private static func emptyText(_ scene: Scene) -> String {
        guard let endpoint = scene.endpoint else { return "no endpoint yet" }
        if case .failed = endpoint.phase { return "nothing was measured" }
        return "the first level is on its way"
    }
}
