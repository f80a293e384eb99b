/// How a server stood at a moment of the past, as far as it is kept.
package struct ServerStanding: Sendable {
    package var status: ServerSnapshot.Status
    /// nil before its first reading. Rates are over the minute before that moment, the shortest that is kept for hours.
    package var facts: WatchFacts?
    package var findings: [Finding] = []
    package var loadLine: LineBeside?

    private static let minute = 60 * Nanoseconds.second

    /// What the figures alone tell; those over longer spans are the minute's, too: they are dear, and only findings need
    /// them.
    package init(of past: some ServerPast, at moment: Moment, budget: LatencyBudget?) {
        let minute = past.figures(overLast: Self.minute, at: moment, engine: nil)
        status = minute == nil ? .waiting : .up
        facts = minute.map { minute in
            var facts = WatchFacts(
                at: moment, scrape: minute, minute: minute, fiveMinutes: minute, quarterHour: minute,
                hour: minute)
            facts.attainments = budget?.attainments(in: minute) ?? []
            return facts
        }
    }
}
