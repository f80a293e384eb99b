/// One endpoint at one moment.
public struct EndpointSnapshot: Sendable {
    public var info: EndpointInfo
    public var phase: Phase
    /// The level that is running, or the last one that ran; nil before the first.
    public var level: LevelStart?
    /// Users at work, requests in flight, and those of them that wait for their first token.
    public var users: Int
    public var inFlight: Int
    public var waiting: Int
    /// Over the last two seconds.
    public var tokensPerSecond: Double
    public var requestsPerSecond: Double
    /// Since the session began.
    public var completed: Int
    public var failed: Int
    public var failures: [FailureKind: Int]
    /// The last failure, to show what is wrong.
    public var lastFailure: RequestFailure?
    /// The last message of each kind.
    public var lastMessages: [FailureKind: Shown]
    /// The last two minutes, oldest first, one bin a second; the last bin is complete.
    public var history: [HistoryBin]
    /// The running level's figures so far: of the warm-up, then of the window.
    public var live: LevelResult?
    /// Finished levels, in the order in which they ran.
    public var levels: [LevelResult]
    public var plateau: Plateau?
    public var loadLine: LoadLine?
    /// Of the running level's users: those who have finished a request since it started. nil when no level
    /// runs.
    public var usersServed: Int?

    public init(
        info: EndpointInfo, phase: Phase = .discovering, level: LevelStart? = nil, users: Int = 0,
        inFlight: Int = 0, waiting: Int = 0, tokensPerSecond: Double = 0, requestsPerSecond: Double = 0,
        completed: Int = 0, failed: Int = 0, failures: [FailureKind: Int] = [:],
        lastFailure: RequestFailure? = nil, lastMessages: [FailureKind: Shown] = [:],
        history: [HistoryBin] = [], live: LevelResult? = nil,
        levels: [LevelResult] = [], plateau: Plateau? = nil, loadLine: LoadLine? = nil,
        usersServed: Int? = nil
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
        self.usersServed = usersServed
    }
}

extension EndpointSnapshot {
    /// One kind of failure, as often as it came.
    public struct ErrorCount: Hashable, Sendable {
        public var kind: FailureKind
        public var count: Int
        /// The last message.
        public var last: Shown?
    }

    /// Why requests failed: the most frequent first.
    public var errors: [ErrorCount] {
        failures.map { ErrorCount(kind: $0.key, count: $0.value, last: lastMessages[$0.key]) }
            .sorted { ($1.count, $0.kind.rawValue) < ($0.count, $1.kind.rawValue) }
    }
}

/// What an endpoint's sweep is doing.
public enum Phase: Hashable, Sendable {
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
    public var isFinal: Bool {
        switch self {
        case .done, .failed: true
        default: false
        }
    }
}

/// One second of an endpoint's life.
public struct HistoryBin: Hashable, Sendable {
    public var tokens: Double
    public var completed: Int
    public var failed: Int
    /// At the second's end.
    public var inFlight: Int
    public var waiting: Int

    public init(tokens: Double = 0, completed: Int = 0, failed: Int = 0, inFlight: Int = 0, waiting: Int = 0)
    {
        self.tokens = tokens
        self.completed = completed
        self.failed = failed
        self.inFlight = inFlight
        self.waiting = waiting
    }
}
