/// What one endpoint's sweep is to do. The same for all endpoints of a session.
package struct SweepPlan: Hashable, Sendable, Codable {
    package enum Levels: Hashable, Sendable, Codable {
        case list([Int])
        /// Doubling from one user until throughput stops growing, errors pass the limit or the budget is
        /// far behind; never more than `limit` users.
        case automatic(limit: Int)
    }

    package var levels: Levels
    /// How long a window stays open when its confidence interval says nothing else.
    package var dwell: Nanoseconds
    /// The least time between a level's start and its window.
    package var warmUp: Nanoseconds
    /// The window opens at the latest this long after the level's start, steady or not.
    package var longestWarmUp: Nanoseconds
    /// The window closes early once the throughput's 95 % half-width is under `tightness` of its mean,
    /// but never before `shortestDwell`; it stretches to `longestDwell` when it isn't. With a budget it never closes
    /// early, and stretches while that is undecided.
    package var shortestDwell: Nanoseconds
    package var longestDwell: Nanoseconds
    package var tightness: Double
    /// Failed over finished requests, from which the circuit breaker opens.
    package var errorLimit: Double
    package var budget: LatencyBudget?
    /// With a budget, look for the load line between levels when the plan's own levels are done.
    package var bisects: Bool
    /// Of a soak test: its one long window's figures are also shown slice by slice, each as long as this. nil: none.
    package var soakSlice: Nanoseconds?

    package init(
        levels: Levels, dwell: Nanoseconds, warmUp: Nanoseconds, longestWarmUp: Nanoseconds? = nil,
        shortestDwell: Nanoseconds? = nil, longestDwell: Nanoseconds? = nil, tightness: Double = 0.03,
        errorLimit: Double = 0.05, budget: LatencyBudget? = nil, bisects: Bool = true
    ) {
        self.levels = levels
        self.dwell = dwell
        self.warmUp = warmUp
        self.longestWarmUp = longestWarmUp ?? max(warmUp * 5, 3 * dwell)
        self.shortestDwell = shortestDwell ?? dwell
        self.longestDwell = longestDwell ?? dwell
        self.tightness = tightness
        self.errorLimit = errorLimit
        self.budget = budget
        self.bisects = bisects
    }
}

extension SweepPlan {
    /// The same with windows that are as long as the dwell, certain or not.
    package var withExactDwell: SweepPlan {
        var plan = self
        (plan.shortestDwell, plan.longestDwell) = (dwell, dwell)
        return plan
    }
    /// The same as a soak test: one load, held for `time`; shown in sixty slices, or fewer where they would be shorter
    /// than the dwell was.
    package func held(for time: Nanoseconds) -> SweepPlan {
        var plan = self
        plan.soakSlice = min(time, max(dwell, time / 60))
        plan.dwell = time
        plan.bisects = false
        return plan.withExactDwell
    }
}
