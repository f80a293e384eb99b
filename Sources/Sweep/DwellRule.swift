import Measure

/// When a window closes.
struct DwellRule: Hashable, Sendable {
    let usual: Nanoseconds
    let shortest: Nanoseconds
    let longest: Nanoseconds
    let tightness: Double
    /// Requests that the budget's percentiles need: a window does not close early, or on time, without them, but
    /// stretches.
    let samplesNeeded: Int

    init(plan: SweepPlan) {
        usual = max(0, plan.dwell)
        shortest = min(max(0, plan.shortestDwell), usual)
        longest = max(plan.longestDwell, usual)
        tightness = plan.tightness
        samplesNeeded = plan.budget?.samplesNeeded ?? 0
    }

    func closes(after elapsed: Nanoseconds, _ progress: LevelProgress) -> Bool {
        if elapsed >= longest { return true }
        guard elapsed >= shortest, progress.completed >= samplesNeeded else { return false }
        guard let width = progress.throughput.relativeHalfWidth else { return elapsed >= usual }
        return width < tightness
    }
}
