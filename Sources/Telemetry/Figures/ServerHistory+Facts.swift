package import Measure

extension ServerHistory {
    /// What the rules want to know; nil before the first reading.
    package func facts(at now: Moment, budget: LatencyBudget?, loadLine: Double? = nil) -> WatchFacts? {
        guard let scrape = figures(over: .scrape), let minute = figures(over: .minute),
            let fiveMinutes = figures(over: .fiveMinutes),
            let quarterHour = figures(overLast: 900 * .second), let hour = figures(overLast: 3_600 * .second)
        else { return nil }
        var facts = WatchFacts(
            at: now, scrape: scrape, minute: minute, fiveMinutes: fiveMinutes, quarterHour: quarterHour,
            hour: hour)
        facts.isGone = isGone(at: now)
        facts.lastRestart = lastRestart
        facts.attainments = budget?.attainments(in: minute) ?? []
        facts.loadLine = loadLine
        if engines.count > 1 {
            facts.engines = engines.map { Shown(recorded: $0) }
            facts.apart = Apart.among(engines.compactMap { figures(over: .minute, engine: $0) })
        }
        return facts
    }
}
