/// One endpoint at one moment.
package struct EndpointSnapshot: Sendable {
    package var info: EndpointInfo
    package var phase: Phase
    /// The level that is running, or the last one that ran; nil before the first.
    package var level: LevelStart?
    /// Users at work, requests in flight, and those of them that wait for their first token.
    package var users: Int
    package var inFlight: Int
    package var waiting: Int
    /// Over the last two seconds.
    package var tokensPerSecond: Double
    package var requestsPerSecond: Double
    /// Since the session began.
    package var completed: Int
    package var failed: Int
    package var failures: [FailureKind: Int]
    /// The last failure, to show what is wrong.
    package var lastFailure: RequestFailure?
    /// The last message of each kind.
    package var lastMessages: [FailureKind: Shown]
    /// The last two minutes, oldest first, one bin a second; the last bin is complete.
    package var history: [HistoryBin]
    /// The running level's figures so far: of the warm-up, then of the window.
    package var live: LevelResult?
    /// Finished levels, in the order in which they ran.
    package var levels: [LevelResult]
    package var plateau: Plateau?
    package var loadLine: LoadLine?
    /// The loads at which the budget is undecided; nil where there are none.
    package var loadDoubt: LoadDoubt?
    /// Of the running level's users: those who have finished a request since it started. nil when no level
    /// runs.
    package var usersServed: Int?
    /// Nobody has been there since; nil where the last that was heard was an answer.
    package var outage: Outage?
    /// Who used its server before the load was put on; nil where nobody was seen.
    package var others: ForeignLoad?

    package init(
        info: EndpointInfo, phase: Phase = .discovering, level: LevelStart? = nil, users: Int = 0,
        inFlight: Int = 0, waiting: Int = 0, tokensPerSecond: Double = 0, requestsPerSecond: Double = 0,
        completed: Int = 0, failed: Int = 0, failures: [FailureKind: Int] = [:],
        lastFailure: RequestFailure? = nil, lastMessages: [FailureKind: Shown] = [:],
        history: [HistoryBin] = [], live: LevelResult? = nil,
        levels: [LevelResult] = [], plateau: Plateau? = nil, loadLine: LoadLine? = nil,
        loadDoubt: LoadDoubt? = nil,
        usersServed: Int? = nil, outage: Outage? = nil
    ) {
        self.info = info
        self.phase = phase
        self.level = level
        self.users = users
        self.inFlight = inFlight
        self.waiting = waiting
        self.tokensPerSecond = tokensPerSecond
        self.requestsPerSecond = requestsPerSecond
        self.completed = completed
        self.failed = failed
        self.failures = failures
        self.lastFailure = lastFailure
        self.lastMessages = lastMessages
        self.history = history
        self.live = live
        self.levels = levels
        self.plateau = plateau
        self.loadLine = loadLine
        self.loadDoubt = loadDoubt
        self.usersServed = usersServed
        self.outage = outage
    }
}

/// Nobody is at an endpoint's address any more.
package struct Outage: Hashable, Sendable {
    /// Of the first request that found nobody.
    package var since: Moment
    /// Of the last one.
    package var kind: FailureKind
    package var count: Int

    package init(since: Moment, kind: FailureKind, count: Int) {
        self.since = since
        self.kind = kind
        self.count = count
    }
}

extension EndpointSnapshot {
    /// Its sweep ended because nobody is there any more: not overloaded, but gone.
    package var wentAway: Bool { phase == .done(.errors) && lastFailure?.kind.meansGone == true }

    /// One kind of failure, as often as it came.
    package struct ErrorCount: Hashable, Sendable {
        package var kind: FailureKind
        package var count: Int
        /// The last message.
        package var last: Shown?
    }

    /// Why requests failed: the most frequent first.
    package var errors: [ErrorCount] {
        failures.map { ErrorCount(kind: $0.key, count: $0.value, last: lastMessages[$0.key]) }
            .sorted { ($1.count, $0.kind.rawValue) < ($0.count, $1.kind.rawValue) }
    }
}

/// What an endpoint's sweep is doing.
package enum Phase: Hashable, Sendable {
    case discovering
    /// Users are being added; nothing counts yet.
    case warmingUp(since: Moment)
    /// The window is open.
    case measuring(since: Moment)
    /// The window has closed and the next level has not begun.
    case between
    case paused
    case done(SweepEnd)
    case failed(String)

    /// Nothing more will come of it.
    package var isFinal: Bool {
        switch self {
        case .done, .failed: true
        default: false
        }
    }
}

/// One second of an endpoint's life.
package struct HistoryBin: Hashable, Sendable {
    package var tokens: Double
    package var completed: Int
    package var failed: Int
    /// At the second's end.
    package var inFlight: Int
    package var waiting: Int

    package init(tokens: Double = 0, completed: Int = 0, failed: Int = 0, inFlight: Int = 0, waiting: Int = 0)
    {
        self.tokens = tokens
        self.completed = completed
        self.failed = failed
        self.inFlight = inFlight
        self.waiting = waiting
    }
}
