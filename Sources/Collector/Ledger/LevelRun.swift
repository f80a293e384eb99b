import Measure

/// A level while it runs.
struct LevelRun: Sendable {
    var start: LevelStart
    /// Of the warm-up until the window opens.
    var window: Window
    var windowIsOpen = false
    /// How the window was closed, once it was.
    var closing: Closing?
    /// Who has finished a request since the level started.
    var served: Set<UInt32> = []
    var cpuAtStart: Nanoseconds?

    struct Closing: Sendable {
        var at: Moment
        var circumstances = WindowCircumstances()
        var cpu: Nanoseconds?
    }

    init(start: LevelStart, at moment: Moment) {
        self.start = start
        window = Window(start: moment)
    }

    /// The level's users are those with the lowest numbers.
    var usersServed: Int {
        served.count { $0 < start.users }
    }

    func progress(at now: Moment) -> LevelProgress {
        LevelProgress(
            level: start.level, usersServed: usersServed, completed: window.completed,
            failed: window.failed, throughput: window.throughput(upTo: closing?.at ?? now),
            windowOpened: windowIsOpen ? window.start : nil)
    }
}
