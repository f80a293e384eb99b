import Charts
import Measure

/// One row a level: all that was measured, the running one last.
///
/// **As it gets narrower**, these columns give way, first to last: TTFT p99, ± CI, TPOT p50, req/s, TTFT p50,
/// err, E2E p95, budget, TPOT p95, TTFT p95. Users, tokens/s and trust are always there.
enum LevelsPanel {
    static func draw(_ scene: Scene, on canvas: inout Canvas, in rect: Rect) {
        let name = scene.endpoint.map { Harmless.text($0.info.label, limit: 30) } ?? ""
        let title = scene.hasSeveral ? "levels \(scene.sign(of: scene.endpointIndex)) \(name)" : "levels"
        let inner = Panel(
            title, right: right(scene), digit: 5, role: .divider, isFocused: scene.view.level != nil
        )
        .draw(on: &canvas, in: rect, theme: scene.theme, glyphs: scene.glyphs)
        guard !inner.isEmpty else { return }
        let rows = rows(scene)
        let cells = rows.map { $0.cells(scene, width: inner.width) }
        let selected = rows.firstIndex(where: \.isPinned)
        let visible = max(1, inner.height - 1)
        TextTable(
            columns: columns(width: inner.width), rows: cells, selected: selected,
            offset: selected == nil ? max(0, rows.count - visible) : 0, emptyText: emptyText(scene)
        ).draw(on: &canvas, in: inner, theme: scene.theme, glyphs: scene.glyphs)
    }

    /// The finished levels that the filter lets through, and the running one.
    static func rows(_ scene: Scene) -> [LevelRow] {
        guard let endpoint = scene.endpoint else { return [] }
        let pinned = scene.view.level.flatMap { $0.endpoint == endpoint.info.id ? $0.index : nil }
        var rows = endpoint.levels.enumerated().map {
            LevelRow(level: $0.element, state: .finished, isPinned: $0.offset == pinned)
        }
        if !scene.filter.text.isEmpty, !scene.filter.isForEndpoints {
            rows = rows.filter { $0.isPinned || $0.holds(scene.filter.text) }
        }
        if let live = endpoint.live, !endpoint.phase.isFinal {
            rows.append(LevelRow(level: live, state: .running(endpoint.phase), isPinned: false))
        }
        return rows
    }

    private static func right(_ scene: Scene) -> String? {
        guard let endpoint = scene.endpoint else { return nil }
        if !scene.filter.text.isEmpty, !scene.filter.isForEndpoints {
            return "filter \"\(Harmless.text(scene.view.filter, limit: 20))\""
        }
        guard let pinned = scene.pinned(in: endpoint) else {
            return endpoint.levels.isEmpty ? nil : "\(endpoint.levels.count) done"
        }
        return "looking at \(Words.users(pinned.concurrency)), Esc: live"
    }

    private static func emptyText(_ scene: Scene) -> String {
        guard let endpoint = scene.endpoint else { return "no endpoint yet" }
        if case .failed = endpoint.phase { return "nothing was measured" }
        return "the first level is on its way"
    }

    private static func columns(width: Int) -> [TableColumn] {
        let trust = trustColumns(width: width)
        return [
            TableColumn("", alignment: .left, priority: 20, minWidth: 1, maxWidth: 1),
            TableColumn("users", priority: 20, minWidth: 5),
            TableColumn("req/s", priority: 7, minWidth: 6),
            TableColumn("tok/s", priority: 20, minWidth: 6),
            TableColumn("± CI", priority: 5, minWidth: 6),
            TableColumn("TTFT p50", priority: 8, minWidth: 8),
            TableColumn("p95", priority: 13, minWidth: 7),
            TableColumn("p99", priority: 4, minWidth: 7),
            TableColumn("TPOT p50", priority: 6, minWidth: 8),
            TableColumn("p95", priority: 12, minWidth: 7),
            TableColumn("E2E p95", priority: 10, minWidth: 7),
            TableColumn("err", priority: 9, minWidth: 5),
            TableColumn(
                width < 60 ? "" : "trust", alignment: .left, priority: 20, minWidth: trust, maxWidth: trust),
        ]
    }

    /// A sign on narrow screens, words on wide ones.
    static func trustColumns(width: Int) -> Int {
        switch width {
        case ..<60: 2
        case ..<90: 14
        case ..<130: 18
        default: 34
        }
    }
}
