/// What one endpoint's sweep is to do. The same for all endpoints of a session.
public struct SweepPlan: Hashable, Sendable, Codable {
    public enum Levels: Hashable, Sendable, Codable {
        case list([Int])
        /// Doubling from one user until throughput stops growing, errors pass the limit or the budget is
        /// far behind; never more than `limit` users.
        case automatic(limit: Int)
    }

    public var levels: Levels
    /// How long a window stays open when its confidence interval says nothing else.
    public var dwell: Nanoseconds
    /// The least time between a level's start and its window.
    public var warmUp: Nanoseconds
    /// The window opens at the latest this long after the level's start, steady or not.
    public var longestWarmUp: Nanoseconds
    /// The window closes early once the throughput's 95 % half-width is under `tightness` of its mean,
    /// but never before `shortestDwell`; it stretches to `longestDwell` when it isn't.
    public var shortestDwell: Nanoseconds
    public var longestDwell: Nanoseconds
    public var tightness: Double
    /// Failed over finished requests, from which the circuit breaker opens.
    public var errorLimit: Double
    public var budget: LatencyBudget?
    /// With a budget, look for the load line between levels when the plan's own levels are done.
    public var bisects: Bool

    public init(
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
