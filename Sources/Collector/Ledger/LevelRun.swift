import Measure

/// A level while it runs.
struct LevelRun: Sendable {
    var start: LevelStart
    let startedAt: Moment
    /// Of the warm-up until the window opens.
    var window: Window
    var windowIsOpen = false
    /// How the window was closed, once it was.
    var closing: Closing?
    /// Users whose first request since the level's start has finished.
    var newUsersServed = 0
    var cpuAtStart: Nanoseconds?

    struct Closing: Sendable {
        var at: Moment
        var cutShort: Bool
        var steady: Bool
        var cpu: Nanoseconds?
    }

    init(start: LevelStart, at moment: Moment) {
        self.start = start
        startedAt = moment
        window = Window(start: moment)
    }

    func progress(at now: Moment) -> LevelProgress {
        LevelProgress(
            level: start.level, newUsersServed: newUsersServed, completed: window.completed,
            failed: window.failed, throughput: window.throughput(upTo: closing?.at ?? now),
            windowOpened: windowIsOpen ? window.start : nil)
    }
}
