/// What an endpoint costs, and a cloud beside it. A token's cost belongs to the load line: with more users it falls and
/// latency grows.
package struct EndpointCost: Hashable, Sendable {
    package var perHour: Double?
    /// What the GPUs that serve it drew at the load line, or without one at the largest load; nil where nobody knows.
    package var boardWatts: Double?
    /// One machine, whatever it does.
    package var perMonth: Double?
    /// At the load line; empty without one.
    package var atLoadLine = TokenCost()
    /// What the load line carries, day and night: prompts and answers together.
    package var capacityPerDay: Double?
    package var tokensPerDay: Double?
    /// As many as `tokensPerDay` needs, spread evenly over the day; nil where the capacity isn't known.
    package var machines: Double?
    /// For `tokensPerDay`, by as many machines as that needs; one where that isn't known.
    package var ownPerMonth: Double?
    package var cloudPerMonth: Double?
    /// From so many tokens a day on one machine is cheaper than the cloud.
    package var breakEvenPerDay: Double?
}

extension EndpointCost {
    package init(_ prices: Prices, levels: [LevelResult], loadLine: LoadLine?) {
        // The line's throughput is that of the level which it was found by.
        let lineLevel = loadLine.flatMap { line in levels.last { $0.throughput.mean == line.throughput } }
        boardWatts = (lineLevel ?? levels.max { $0.load < $1.load })?.telemetry?.watts
        perHour = prices.perHour(boardWatts: boardWatts)
        perMonth = perHour.map { $0 * Prices.hoursPerMonth }
        if let level = lineLevel {
            atLoadLine = prices.cost(of: level)
            capacityPerDay = level.totalTokensPerSecond.map { $0 * Prices.secondsPerDay }
        }
        let cloud = prices.cloudPerMillion.flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
        if let perMonth, let cloud {
            breakEvenPerDay = perMonth * 1e6 / cloud / Prices.daysPerMonth
        }
        guard let tokens = prices.tokensPerDay, tokens.isFinite, tokens > 0 else { return }
        tokensPerDay = tokens
        machines = capacityPerDay.flatMap { $0 > 0 ? max(1, (tokens / $0).rounded(.up)) : nil }
        ownPerMonth = perMonth.map { $0 * (machines ?? 1) }
        cloudPerMonth = cloud.map { $0 * tokens * Prices.daysPerMonth / 1e6 }
    }

    /// Whether one machine carries as many tokens as make it cheaper than the cloud; nil where that isn't known.
    package var isWithinReach: Bool? {
        guard let breakEvenPerDay, let capacityPerDay else { return nil }
        return breakEvenPerDay <= capacityPerDay
    }
}

extension EndpointSnapshot {
    package func cost(_ prices: Prices) -> EndpointCost {
        EndpointCost(prices, levels: levels, loadLine: wentAway ? nil : loadLine)
    }
}
