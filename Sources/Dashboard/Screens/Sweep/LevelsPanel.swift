import Canvas
import Charts
import Measure

/// One row a level, in the order of their load: all that was measured, and the running one, marked. A load that ran
/// before says which run this is. Of a soak test the slices of its window come first, in the order of time.
///
/// **As it gets narrower**, these columns give way, first to last: own CPU, own lag, answers, ITL p99, E2E p50,
/// $/M all, TTFT p99, ± CI, TPOT p50, req/s, TTFT p50, err, E2E p95, $/M out, TPOT p95, TTFT p95. Users, tokens/s and
/// trust are always there; what tokens cost only where that is known and the table is alone on the screen. What it was
/// measured by stands below it then, where there is room.
enum LevelsPanel {
    static func draw(_ scene: Scene, on canvas: inout Canvas, in rect: Rect) {
        let name = scene.endpoint.map { Harmless.text($0.info.label, limit: 30) } ?? ""
        let title = scene.hasSeveral ? "levels \(scene.sign(of: scene.endpointIndex)) \(name)" : "levels"
        let rows = rows(scene)
        let details = scene.view.maximised == .levels ? LevelDetails(scene) : nil
        let height = rect.height - 2 - (details?.height(of: rect.height - 2, rows: rows.count) ?? 0)
        let selected = rows.firstIndex(where: \.isPinned)
        let focus = selected ?? rows.firstIndex { $0.state != .finished }
        let visible = max(1, height - 1)
        let offset = offset(rows: rows.count, visible: visible, focus: focus)
        let hidden = (above: offset, below: max(0, rows.count - offset - visible))
        let inner = Panel(
            title, right: right(scene, hidden: hidden), digit: 5, role: .divider,
            isFocused: scene.screen.level != nil
        )
        .draw(on: &canvas, in: rect)
        guard !inner.isEmpty else { return }
        let limits = Set(LevelColumn.allCases.filter { column in rows.contains { $0.passes(column) } })
        let kept = LevelColumn.fitting(
            width: inner.width, limits: limits,
            hasCost: details != nil && scene.snapshot.session.plan?.prices?.own != nil,
            isOverTime: scene.snapshot.isSoak)
        let cells = rows.map { row in kept.map { row.cell($0, scene, width: inner.width) } }
        TextTable(
            columns: kept.map {
                $0.column(
                    in: kept, width: inner.width, limits: limits, isOverTime: scene.snapshot.isSoak)
            }, rows: cells,
            selected: selected,
            offset: offset, emptyText: emptyText(scene)
        ).draw(on: &canvas, in: Rect(x: inner.x, y: inner.y, width: inner.width, height: height))
        let used = min(height, rows.count + 1)
        details?.draw(
            on: &canvas,
            in: Rect(x: inner.x, y: inner.y + used, width: inner.width, height: inner.height - used))
    }

    /// The rows around the selected one, else around the running one; the last ones where there's neither.
    private static func offset(rows: Int, visible: Int, focus: Int?) -> Int {
        let last = max(0, rows - visible)
        guard let focus else { return last }
        return max(0, min(last, focus - (visible - 1) / 2))
    }

    /// The finished levels that the filter lets through, and the running one.
    static func rows(_ scene: Scene) -> [LevelRow] {
        guard let endpoint = scene.endpoint else { return [] }
        let pinned = scene.reviewedIndex(in: endpoint)
        var rows = endpoint.levelsByLoad.map {
            LevelRow(
                level: endpoint.levels[$0], state: .finished, isPinned: $0 == pinned,
                run: endpoint.runs(before: $0) + 1)
        }
        if !scene.filter.text.isEmpty, !scene.filter.isForEndpoints {
            rows = rows.filter { $0.isPinned || $0.level.matches(scene.filter.text) }
        }
        if let live = endpoint.running(at: scene.snapshot.at) {
            let same = endpoint.levels.count { $0.load == live.load }
            let place = rows.firstIndex { $0.level.load > live.load } ?? rows.endIndex
            rows.insert(
                LevelRow(level: live, state: .running(endpoint.phase), isPinned: false, run: same + 1),
                at: place)
        }
        return slices(of: endpoint, scene) + rows
    }

    private static func slices(of endpoint: EndpointSnapshot, _ scene: Scene) -> [LevelRow] {
        let slices = scene.snapshot.slices(of: endpoint.info.id)
        guard let start = slices.first?.windowStart else { return [] }
        return slices.map {
            LevelRow(level: $0, state: .finished, isPinned: false, from: $0.windowStart - start)
        }
    }

    private static func right(_ scene: Scene, hidden: (above: Int, below: Int)) -> String? {
        guard let endpoint = scene.endpoint else { return nil }
        if !scene.filter.text.isEmpty, !scene.filter.isForEndpoints {
            let shown = endpoint.levels.count { $0.matches(scene.filter.text) }
            return
                "\(shown) of \(endpoint.levels.count): filter \"\(Harmless.text(scene.view.filter, limit: 20))\""
        }
        guard let pinned = scene.pinned(in: endpoint) else {
            guard !endpoint.levels.isEmpty || scene.snapshot.isSoak else { return nil }
            let above = hidden.above > 0 ? ["\(Character(scene.glyphs.up))\(hidden.above)"] : []
            let below = hidden.below > 0 ? ["\(Character(scene.glyphs.down))\(hidden.below)"] : []
            let slices = scene.snapshot.slices(of: endpoint.info.id).count
            let done =
                scene.snapshot.isSoak
                ? "\(slices) slice\(slices == 1 ? "" : "s")" : "\(endpoint.levels.count) done"
            return ([above.isEmpty && below.isEmpty ? done : done + ","] + above + below).joined(
                separator: " ")
        }
        let back = scene.isOver ? "back" : "live"
        return "looking at \(pinned.load.words), Esc: \(back)"
    }

    private static func emptyText(_ scene: Scene) -> String {
        guard let endpoint = scene.endpoint else { return "no endpoint yet" }
        if case .failed = endpoint.phase { return "nothing was measured" }
        if scene.isOver || endpoint.phase.isFinal { return "no level was finished" }
        return "the first level is on its way"
    }
}
