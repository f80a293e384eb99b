import Measure

extension SweepScreen {
    /// Left goes to the next smaller load of the table, right to the next larger; the live one stands among them.
    mutating func selectLevel(by step: Int, _ occasion: Occasion) {
        let snapshot = occasion.shown
        guard let endpoint = snapshot.endpoints.at(occasion.endpoint), !endpoint.levels.isEmpty
        else { return }
        // nil stands for the live level.
        var rows: [Int?] = selectableLevels(of: endpoint, occasion.filter)
        guard !rows.isEmpty else { return }
        let pinned = level.flatMap { $0.endpoint == endpoint.info.id ? $0.index : nil }
        let isOver = endpoint.phase.isFinal || snapshot.ended
        if !isOver {
            let live = (endpoint.live?.load).flatMap { load in
                rows.firstIndex { $0.map { endpoint.levels[$0].load > load } ?? false }
            }
            rows.insert(nil, at: live ?? rows.endIndex)
        }
        let looked = pinned ?? (isOver ? endpoint.resultIndex : nil)
        let current = rows.firstIndex(of: looked) ?? rows.count - 1
        let next = rows[max(0, min(rows.count - 1, current + step))]
        level = next.map { LevelChoice(endpoint: endpoint.info.id, index: $0) }
    }

    private func selectableLevels(of endpoint: EndpointSnapshot, _ filter: Filter) -> [Int] {
        endpoint.levelsByLoad.filter { index in
            filter.text.isEmpty || filter.isForEndpoints
                || endpoint.levels[index].matches(filter.text)
        }
    }
}
