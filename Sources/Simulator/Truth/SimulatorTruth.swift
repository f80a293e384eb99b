import Measure

/// What the simulator did: the answer to every question that a measurement of it may raise.
public struct SimulatorTruth: Hashable, Sendable, Codable {
    /// With the key left out.
    public var settings: SimulatorSettings
    public var takenAt: Moment
    /// When counting began: the start, or the last reset.
    public var since: Moment
    public var totals: TruthTotals
    /// Sequences at work and in the queue.
    public var running: Int
    public var waiting: Int
    public var connections: Int
    /// The simulator's own lag: from when a chunk was due until the system had taken it.
    public var lag: LagTruth
    /// Tokens/s: the most that any number of users gets, for prompts and answers of the mean length of the
    /// finished requests; nil without a limit, or before any request has finished.
    public var ceiling: Double?
    /// Requests that ended, in order of their end.
    public var requests: [RequestTruth]
}

/// Sums since the start or the last reset.
public struct TruthTotals: Hashable, Sendable, Codable {
    /// Completion requests read.
    public var requests = 0
    public var finished = 0
    public var faulted = 0
    public var rejected = 0
    public var aborted = 0
    /// Of the requests that were not rejected, counted when they were read.
    public var promptTokens = 0
    /// Tokens sent.
    public var outputTokens = 0
    public var chunks = 0
    /// Prompt and output tokens of the requests that finished.
    public var finishedPromptTokens = 0
    public var finishedOutputTokens = 0

    mutating func add(_ other: TruthTotals) {
        requests += other.requests
        finished += other.finished
        faulted += other.faulted
        rejected += other.rejected
        aborted += other.aborted
        promptTokens += other.promptTokens
        outputTokens += other.outputTokens
        chunks += other.chunks
        finishedPromptTokens += other.finishedPromptTokens
        finishedOutputTokens += other.finishedOutputTokens
    }
}

/// A distribution of lags, in nanoseconds; quantiles to about 3 %.
public struct LagTruth: Hashable, Sendable, Codable {
    public var count: Int
    public var mean: Double
    public var p50: Nanoseconds
    public var p90: Nanoseconds
    public var p99: Nanoseconds
    public var max: Nanoseconds
}
