/// How a running level stands: what the sweep decides by.
public struct LevelProgress: Hashable, Sendable {
    public var level: Int
    /// Users that the level added and whose first request has finished, well or not.
    public var newUsersServed: Int
    /// Requests that finished since the level started (before the window opens) or since the window opened.
    public var completed: Int
    public var failed: Int
    /// Output throughput of the window so far.
    public var throughput: Estimate
    /// When the window opened, as the collector has it; nil before.
    public var windowOpened: Moment?

    public init(
        level: Int, newUsersServed: Int = 0, completed: Int = 0, failed: Int = 0,
        throughput: Estimate = Estimate(mean: 0, halfWidth: nil), windowOpened: Moment? = nil
    ) {
        self.level = level
        self.newUsersServed = newUsersServed
        self.completed = completed
        self.failed = failed
        self.throughput = throughput
        self.windowOpened = windowOpened
    }
}
