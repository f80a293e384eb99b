import Measure

/// Which level's window a moment falls into. An endpoint's windows never overlap.
struct LevelWindows {
    private var byEndpoint: [EndpointID: [LevelResult]]

    init(_ levels: [LevelResult]) {
        byEndpoint = Dictionary(grouping: levels, by: \.endpoint)
            .mapValues { $0.sorted { $0.windowStart < $1.windowStart } }
    }

    /// The level's number; nil outside of all windows. A window is [start, end).
    func level(at moment: Moment, on endpoint: EndpointID) -> Int? {
        guard let levels = byEndpoint[endpoint] else { return nil }
        var (low, high) = (0, levels.count)
        while low < high {
            let middle = (low + high) / 2
            if levels[middle].windowStart <= moment { low = middle + 1 } else { high = middle }
        }
        guard low > 0, moment < levels[low - 1].windowEnd else { return nil }
        return levels[low - 1].level
    }
}
