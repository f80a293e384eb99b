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

    /// What the server had said as the window opened.
    var opening: TelemetryCut?
    /// Its readings at the window's ends, held against ours, and all in between.
    private(set) var openingLook: OwnLook?
    private(set) var closingLook: OwnLook?
    private var looks = ForeignLooks()

    struct Closing: Sendable {
        var at: Moment
        /// What the server said meanwhile; nil: nothing, or not known yet.
        var told: WindowTold?
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

    /// - Parameter look: at a reading of the server.
    mutating func take(_ look: OwnLook) {
        guard windowIsOpen, let opening, look.at >= opening.at,
            closing?.told.map({ look.at <= $0.to }) ?? true
        else { return }
        if look.at == opening.at { openingLook = look }
        if look.at == closing?.told?.to { closingLook = look }
        if let theirs = look.theirs { looks.add(theirs: theirs, ours: Double(look.out)) }
    }

    /// The last reading was held against ours before it was known to be the last.
    mutating func takeClosing(_ look: OwnLook) { closingLook = look }

    /// All that its figures wait for has come.
    func isComplete(upTo mark: Moment) -> Bool {
        guard let closing, closing.at <= mark, closing.circumstances != nil else { return false }
        return closing.told == nil || closingLook != nil
    }

    /// What the server and its GPUs said, and what others had of it.
    ///
    /// - Parameter isAlone: no other endpoint of the session is on the same server.
    func telemetry(for result: LevelResult, isAlone: Bool) -> LevelTelemetry? {
        guard let told = closing?.told else { return nil }
        var telemetry = told.telemetry
        guard !told.hasChanged else { return telemetry }
        var evidence = ForeignEvidence(looks: looks, seconds: told.seconds)
        if let ended = told.ended, let openingLook, let closingLook {
            evidence.ended = ForeignEvidence.Count(
                theirs: ended, ours: Double(closingLook.ended - openingLook.ended),
                oursAtMost: Double(closingLook.endedLater - openingLook.endedEarlier))
        }
        if isAlone, let tokens = told.tokens, !result.tokenSources.isEmpty,
            result.tokenSources.allSatisfy(\.isServers)
        {
            let rate = result.windowTokens / max(result.duration.inSeconds, 1e-9)
            let between = abs(result.windowStart - told.from) + abs(told.to - result.windowEnd)
            let slack = rate * (between + OwnLook.earlier + OwnLook.later).inSeconds
            evidence.tokens = ForeignEvidence.Count(
                theirs: tokens, ours: rate * told.seconds, oursAtMost: result.windowTokens + slack)
        }
        telemetry.foreign = evidence.load
        return telemetry
    }

    var usersServed: Int { served.count }

    func progress(at now: Moment) -> LevelProgress {
        LevelProgress(
            level: start.level, usersServed: usersServed, completed: window.completed,
            failed: window.failed, throughput: window.throughput(upTo: closing?.at ?? now),
            windowOpened: windowIsOpen ? window.start : nil)
    }
}
