import Charts
import Measure

extension Dashboard {
    /// Left goes from the live level to the last finished one and on to the first; right comes back.
    mutating func selectLevel(by step: Int, in snapshot: Snapshot) {
        guard let endpoint = snapshot.endpoints.at(clampedEndpoint(in: snapshot)), !endpoint.levels.isEmpty
        else { return }
        let rows = selectableLevels(of: endpoint, in: snapshot)
        guard !rows.isEmpty else { return }
        let pinned = view.level.flatMap { $0.endpoint == endpoint.info.id ? $0.index : nil }
        let isOver = endpoint.phase.isFinal || snapshot.ended
        // One past the last stands for the live level; when all is over there's none.
        let last = isOver ? rows.count - 1 : rows.count
        let looked = pinned ?? (isOver ? endpoint.resultIndex : nil)
        let current = looked.flatMap { rows.firstIndex(of: $0) } ?? last
        let next = max(0, min(last, current + step))
        if let index = rows.at(next) {
            view.level = ViewState.LevelChoice(endpoint: endpoint.info.id, index: index)
        } else {
            view.level = nil
        }
    }

    private func selectableLevels(of endpoint: EndpointSnapshot, in snapshot: Snapshot) -> [Int] {
        let filter = Filter(view.filter, endpoints: snapshot.endpoints)
        return endpoint.levels.indices.filter { index in
            filter.text.isEmpty || filter.isForEndpoints
                || endpoint.levels[index].matches(filter.text)
        }
    }

    /// Around the list of those that the filter lets through.
    mutating func selectEndpoint(by step: Int, in snapshot: Snapshot) {
        let filter = Filter(view.filter, endpoints: snapshot.endpoints)
        let current = clampedEndpoint(in: snapshot)
        let choices = snapshot.endpoints.indices.filter {
            $0 == current || filter.matches(snapshot.endpoints[$0])
        }
        guard choices.count > 1, let place = choices.firstIndex(of: current) else { return }
        view.endpoint = choices[(place + step + choices.count) % choices.count]
        view.level = nil
    }

    func clampedEndpoint(in snapshot: Snapshot) -> Int {
        max(0, min(view.endpoint, snapshot.endpoints.count - 1))
    }
}
