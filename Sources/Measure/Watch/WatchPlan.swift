/// What a watch was asked to do.
package struct WatchPlan: Hashable, Sendable, Codable {
    /// Of the readings.
    package var interval: Nanoseconds
    /// nil: until somebody ends it.
    package var duration: Nanoseconds?
    /// An objective, over the last minute.
    package var budget: LatencyBudget?
    /// How often a small request is sent; nil: never.
    package var canary: Nanoseconds?

    package init(
        interval: Nanoseconds, duration: Nanoseconds? = nil, budget: LatencyBudget? = nil,
        canary: Nanoseconds? = nil
    ) {
        self.interval = interval
        self.duration = duration
        self.budget = budget
        self.canary = canary
    }
}
