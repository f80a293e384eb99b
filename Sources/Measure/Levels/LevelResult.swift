/// One level's final figures: one row of `levels.csv`.
public struct LevelResult: Hashable, Sendable, Codable {
    public var endpoint: EndpointID
    /// From 0, in the order in which levels were run.
    public var level: Int
    public var concurrency: Int
    public var windowStart: Moment
    public var windowEnd: Moment
    /// Requests that finished well, or failed, inside the window. Cancelled ones are neither.
    public var completed: Int
    public var failed: Int
    public var failures: [FailureKind: Int]
    /// Over the completed requests; inputs as counted by the server, 0 when it never said.
    public var inputTokens: Int
    public var outputTokens: Int
    /// Tokens that arrived inside the window, over all requests together.
    public var windowTokens: Double
    /// Output throughput, tokens/s: `windowTokens` over the window's length.
    public var throughput: Estimate
    /// Requests completed a second.
    public var requestThroughput: Double
    /// Requests a second that kept the budget; nil when there is no budget for single requests.
    public var goodput: Double?
    public var ttft: Distribution
    public var tpot: Distribution
    public var itl: Distribution
    public var e2e: Distribution
    public var connect: Distribution
    public var tokenSources: [TokenSource]
    public var lag: LagSummary
    /// Mean number of requests in flight, as Little's law gives it from the finished requests, over the
    /// concurrency. 1 is perfect; nil when nothing finished.
    public var littlesLawRatio: Double?
    public var cachedTokens: Int
    /// Whether the latency budget held; nil without a budget.
    public var budgetHeld: Bool?
    public var trust: [TrustFlag]

    public init(
        endpoint: EndpointID, level: Int, concurrency: Int, windowStart: Moment, windowEnd: Moment,
        completed: Int = 0, failed: Int = 0, failures: [FailureKind: Int] = [:], inputTokens: Int = 0,
        outputTokens: Int = 0, windowTokens: Double = 0,
        throughput: Estimate = Estimate(mean: 0, halfWidth: nil),
        requestThroughput: Double = 0, goodput: Double? = nil, ttft: Distribution = .empty,
        tpot: Distribution = .empty, itl: Distribution = .empty, e2e: Distribution = .empty,
        connect: Distribution = .empty, tokenSources: [TokenSource] = [], lag: LagSummary = LagSummary(),
        littlesLawRatio: Double? = nil, cachedTokens: Int = 0, budgetHeld: Bool? = nil,
        trust: [TrustFlag] = []
    ) {
        self.endpoint = endpoint
        self.level = level
        self.concurrency = concurrency
        self.windowStart = windowStart
        self.windowEnd = windowEnd
        self.completed = completed
        self.failed = failed
        self.failures = failures
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.windowTokens = windowTokens
        self.throughput = throughput
        self.requestThroughput = requestThroughput
        self.goodput = goodput
        self.ttft = ttft
        self.tpot = tpot
        self.itl = itl
        self.e2e = e2e
        self.connect = connect
        self.tokenSources = tokenSources
        self.lag = lag
        self.littlesLawRatio = littlesLawRatio
        self.cachedTokens = cachedTokens
        self.budgetHeld = budgetHeld
        self.trust = trust
    }

    public var duration: Nanoseconds { windowEnd - windowStart }

    /// Failed over finished; 0 when nothing finished.
    public var errorRate: Double {
        completed + failed > 0 ? Double(failed) / Double(completed + failed) : 0
    }
}

/// This program's own lag over a window, in nanoseconds, and its appetite.
public struct LagSummary: Hashable, Sendable, Codable {
    /// Lateness of the event loops' timer.
    public var timerP50: Double?
    public var timerP99: Double?
    /// From bytes being ready to their being read, the worst of each tick.
    public var readP99: Double?
    /// From meant-to-send to last byte handed to the socket.
    public var sendP50: Double?
    public var sendP99: Double?
    /// CPU time of the whole process over the window's length; 1 is one full core.
    public var cpuShare: Double?

    public init(
        timerP50: Double? = nil, timerP99: Double? = nil, readP99: Double? = nil, sendP50: Double? = nil,
        sendP99: Double? = nil, cpuShare: Double? = nil
    ) {
        self.timerP50 = timerP50
        self.timerP99 = timerP99
        self.readP99 = readP99
        self.sendP50 = sendP50
        self.sendP99 = sendP99
        self.cpuShare = cpuShare
    }
}
