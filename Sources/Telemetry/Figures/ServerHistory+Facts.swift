package import Measure

extension ServerHistory {
    /// What is so of a quarter of an hour, or of an hour, is so a little later, and dear.
    private static let settled = 5 * Nanoseconds.second

    /// What the rules want to know; nil before the first reading.
    ///
    /// - Parameter before: what they were told last.
    package func facts(
        at now: Moment, budget: LatencyBudget?, loadLine: Double? = nil, before: WatchFacts? = nil
    ) -> WatchFacts? {
        let recent = before.flatMap {
            $0.at.nanoseconds / Self.settled == now.nanoseconds / Self.settled ? $0 : nil
        }
        guard let scrape = figures(over: .scrape), let minute = figures(over: .minute),
            let fiveMinutes = figures(over: .fiveMinutes),
            let quarterHour = recent?.quarterHour ?? figures(overLast: 900 * .second),
            let hour = recent?.hour ?? figures(overLast: 3_600 * .second)
        else { return nil }
        var facts = WatchFacts(
            at: now, scrape: scrape, minute: minute, fiveMinutes: fiveMinutes, quarterHour: quarterHour,
            hour: hour)
        facts.isGone = isGone(at: now)
        facts.lastRestart = lastRestart
        facts.recentWaiting = meanWaiting(overLast: 30 * .second)
        facts.attainments = budget?.attainments(in: minute) ?? []
        facts.loadLine = loadLine
        if engines.count > 1 {
            facts.engines = engines.map { Shown(recorded: $0) }
            facts.apart = Apart.among(engines.compactMap { figures(over: .minute, engine: $0) })
        }
        return facts
    }
}
