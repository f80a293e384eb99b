/// How a running level stands: what the sweep decides by.
package struct LevelProgress: Hashable, Sendable {
    package var level: Int
    /// Users of the level who have finished a request since it started, well or not.
    package var usersServed: Int
    /// Requests that finished since the level started (before the window opens) or since the window opened.
    package var completed: Int
    package var failed: Int
    /// Output throughput of the window so far.
    package var throughput: Estimate
    /// When the window opened, as the collector has it; nil before.
    package var windowOpened: Moment?
    /// What the window so far says of the budget; nil where nobody asked.
    package var findings: [LimitFinding]?

    package init(
        level: Int, usersServed: Int = 0, completed: Int = 0, failed: Int = 0,
        throughput: Estimate = Estimate(mean: 0, halfWidth: nil), windowOpened: Moment? = nil,
        findings: [LimitFinding]? = nil
    ) {
        self.level = level
        self.usersServed = usersServed
        self.completed = completed
        self.failed = failed
        self.throughput = throughput
        self.windowOpened = windowOpened
        self.findings = findings
    }
}
