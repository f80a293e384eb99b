import Measure

extension WatchFacts {
    /// What this program itself asked, and what became of it.
    ///
    /// - Parameter canaries: the oldest first.
    mutating func takeOwn(
        _ canaries: [(at: Moment, answer: CanaryAnswer)], failing: FailingCanaries?, budget: LatencyBudget?
    ) {
        guard !canaries.isEmpty else { return }
        failingCanaries = failing
        ownMinute = Self.load(canaries, over: minute, until: at)
        ownFiveMinutes = Self.load(canaries, over: fiveMinutes, until: at)
        attainments = budget?.attainments(in: minute, own: ownMinute.requests) ?? []
    }

    private static func load(
        _ canaries: [(at: Moment, answer: CanaryAnswer)], over figures: ServerFigures, until end: Moment
    ) -> CanaryLoad {
        let start = end - (figures.elapsed ?? 0)
        var load = CanaryLoad()
        for canary in canaries.reversed() {
            guard canary.at > start else { break }
            load.add(canary.answer)
        }
        return load
    }
}
