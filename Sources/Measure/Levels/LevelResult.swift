/// One level's final figures: one row of `levels.csv`.
package struct LevelResult: Hashable, Sendable, Codable {
    package var endpoint: EndpointID
    /// From 0, in the order in which levels were run.
    package var level: Int
    package var load: Load
    package var windowStart: Moment
    package var windowEnd: Moment
    /// Requests that finished well, or failed, inside the window. Cancelled ones are neither.
    package var completed: Int
    package var failed: Int
    package var failures: [FailureKind: Int]
    /// Over the completed requests; inputs as counted by the server, 0 when it never said.
    package var inputTokens: Int
    package var outputTokens: Int
    /// Tokens that arrived inside the window, over all requests together.
    package var windowTokens: Double
    /// Output throughput, tokens/s: `windowTokens` over the window's length.
    package var throughput: Estimate
    /// Requests completed a second.
    package var requestThroughput: Double
    /// Requests a second that kept the budget; nil when there is no budget for single requests.
    package var goodput: Double?
    package var ttft: Distribution
    package var tpot: Distribution
    package var itl: Distribution
    package var e2e: Distribution
    package var connect: Distribution
    package var tokenSources: [TokenSource]
    package var lag: LagSummary
    /// Of old files only: the mean number of requests in flight, as Little's law gave it from the finished
    /// requests, over the concurrency. `occupancy` counts them.
    package var littlesLawRatio: Double?
    package var cachedTokens: Int
    /// Whether the latency budget held; nil without a budget, or where that is undecided. See `budgetVerdict`.
    package var budgetHeld: Bool?
    package var trust: [TrustFlag]

    /// Of the completed requests, those whose server said how long the prompt was, and how much of it was
    /// cached; nil in files from before it was counted.
    package var inputsSaid: Int?
    package var cachedSaid: Int?
    /// From an answer's last token to its end.
    package var tail: Distribution
    /// What the users did, on average over the window; nil where nobody kept count.
    package var occupancy: Occupancy?
    /// Answers that came in the way of a stream that was held back on its way; see `ArrivalPattern`.
    package var bufferedAnswers: Int?
    /// The median time between the bursts of those that came in bursts.
    package var burstPause: Double?
    /// Answers whose counts by the server were refused.
    package var refusedCounts: Int?
    /// How long this program stood still, through no doing of its own.
    package var stoodStill: Nanoseconds?
    /// How long an event loop didn't get to its timer though the program was busy.
    package var hung: Nanoseconds?
    /// The throughput of the window's second half against its first, as a share of both; nil where the window
    /// is too short to tell.
    package var drift: Estimate?
    /// What the last failed request was told.
    package var lastError: Shown?
    /// What the level says of each limit of the budget; empty without one, and in files from before 0.2.
    package var findings: [LimitFinding] = []
    /// What the server and its GPUs said meanwhile; nil where none was read.
    package var telemetry: LevelTelemetry?

    enum CodingKeys: String, CodingKey {
        case endpoint, level
        /// The loads of the first files were all numbers of users.
        case load = "concurrency"
        case windowStart, windowEnd, completed, failed, failures, inputTokens
        case outputTokens, windowTokens, throughput, requestThroughput, goodput, ttft, tpot, itl, e2e, connect
        case tokenSources, lag, littlesLawRatio, cachedTokens, budgetHeld, trust, inputsSaid, cachedSaid, tail
        case occupancy, bufferedAnswers, burstPause, refusedCounts, stoodStill, hung, drift, lastError,
            findings, telemetry
    }

    package init(
        endpoint: EndpointID, level: Int, load: Load, windowStart: Moment, windowEnd: Moment,
        completed: Int = 0, failed: Int = 0, failures: [FailureKind: Int] = [:], inputTokens: Int = 0,
        outputTokens: Int = 0, windowTokens: Double = 0,
        throughput: Estimate = Estimate(mean: 0, halfWidth: nil),
        requestThroughput: Double = 0, goodput: Double? = nil, ttft: Distribution = .empty,
        tpot: Distribution = .empty, itl: Distribution = .empty, e2e: Distribution = .empty,
        connect: Distribution = .empty, tokenSources: [TokenSource] = [], lag: LagSummary = LagSummary(),
        littlesLawRatio: Double? = nil, cachedTokens: Int = 0, budgetHeld: Bool? = nil,
        trust: [TrustFlag] = [], inputsSaid: Int? = nil, cachedSaid: Int? = nil, tail: Distribution = .empty,
        occupancy: Occupancy? = nil, bufferedAnswers: Int? = nil, burstPause: Double? = nil,
        refusedCounts: Int? = nil, stoodStill: Nanoseconds? = nil, drift: Estimate? = nil,
        lastError: Shown? = nil
    ) {
        self.endpoint = endpoint
        self.level = level
        self.load = load
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
        self.inputsSaid = inputsSaid
        self.cachedSaid = cachedSaid
        self.tail = tail
        self.occupancy = occupancy
        self.bufferedAnswers = bufferedAnswers
        self.burstPause = burstPause
        self.refusedCounts = refusedCounts
        self.stoodStill = stoodStill
        self.drift = drift
        self.lastError = lastError
    }

    /// The number of users, where that is what was offered.
    package var concurrency: Int? { load.users }

    package var duration: Nanoseconds { windowEnd - windowStart }

    /// nil without a budget.
    package var budgetVerdict: BudgetVerdict? {
        budgetHeld.map { $0 ? .held : .broken } ?? (findings.isEmpty ? nil : .undecided)
    }

    /// Of a broken budget the limit that was passed by most; nil where nobody wrote it down.
    package var brokenBy: LimitFinding? { budgetVerdict == .broken ? findings.worst : nil }

    /// A window that was cut short may be too short for a rate: a second's tokens tell nothing of a minute's.
    package var bearsRates: Bool { !trust.contains(.cutShort) || throughput.halfWidth != nil }

    /// Failed over finished; 0 when nothing finished.
    package var errorRate: Double {
        let finished = Double(completed) + Double(failed)
        return finished > 0 ? Double(failed) / finished : 0
    }
}
