import Measure

/// A level while it runs.
struct LevelRun: Sendable {
    var start: LevelStart
    /// Since when its users have been as many as they are.
    private(set) var usersSince: Moment
    /// Of the warm-up until the window opens.
    var window: Window
    var windowIsOpen = false
    /// How the window was closed, once it was.
    var closing: Closing?
    /// Who has finished a request since then: what they sent afterwards was sent under this level's load.
    private var served: Set<UInt32> = []
    var cpuAtStart: Nanoseconds?

    struct Closing: Sendable {
        var at: Moment
        /// nil: not known yet.
        var circumstances: WindowCircumstances?
        var cpu: Nanoseconds?
    }

    init(start: LevelStart, at moment: Moment) {
        self.start = start
        usersSince = moment
        window = Window(start: moment)
    }

    mutating func changeUsers(_ users: Int, at moment: Moment) {
        start.load = .users(users)
        usersSince = moment
        served = []
    }

    /// Until the window opens; then nobody asks any more.
    mutating func noteServed(_ request: RequestRecord) {
        // The level's users are those with the lowest numbers.
        guard !windowIsOpen, request.end >= usersSince, let users = start.load.users, request.user < users
        else { return }
        served.insert(request.user)
    }

    var usersServed: Int { served.count }

    func progress(at now: Moment) -> LevelProgress {
        LevelProgress(
            level: start.level, usersServed: usersServed, completed: window.completed,
            failed: window.failed, throughput: window.throughput(upTo: closing?.at ?? now),
            windowOpened: windowIsOpen ? window.start : nil)
    }
}
