import Measure

extension SweepScreen {
    /// Left goes from the live level to the last finished one and on to the first; right comes back.
    mutating func selectLevel(by step: Int, _ occasion: Occasion) {
        let snapshot = occasion.shown
        guard let endpoint = snapshot.endpoints.at(occasion.endpoint), !endpoint.levels.isEmpty
        else { return }
        let rows = selectableLevels(of: endpoint, occasion.filter)
        guard !rows.isEmpty else { return }
        let pinned = level.flatMap { $0.endpoint == endpoint.info.id ? $0.index : nil }
        let isOver = endpoint.phase.isFinal || snapshot.ended
        // One past the last stands for the live level; when all is over there's none.
        let last = isOver ? rows.count - 1 : rows.count
        let looked = pinned ?? (isOver ? endpoint.resultIndex : nil)
        let current = looked.flatMap { rows.firstIndex(of: $0) } ?? last
        let next = max(0, min(last, current + step))
        level = rows.at(next).map { LevelChoice(endpoint: endpoint.info.id, index: $0) }
    }

    private func selectableLevels(of endpoint: EndpointSnapshot, _ filter: Filter) -> [Int] {
        endpoint.levels.indices.filter { index in
            filter.text.isEmpty || filter.isForEndpoints
                || endpoint.levels[index].matches(filter.text)
        }
    }
}
