import FoundationEssentials
package import Measure

/// What the simulator did: the answer to every question that a measurement of it may raise.
package struct SimulatorTruth: Hashable, Sendable, Codable {
    /// With the key left out.
    package var settings: SimulatorSettings
    package var takenAt: Moment
    /// When counting began: the start, or the last reset.
    package var since: Moment
    package var totals: TruthTotals
    /// Sequences at work and in the queue.
    package var running: Int
    package var waiting: Int
    package var connections: Int
    /// The simulator's own lag: from when a chunk was due until the system had taken it.
    package var lag: LagTruth
    /// Tokens/s: the most that any number of users gets, for prompts and answers of the mean length of the
    /// finished requests; nil without a limit, or before any request has finished.
    package var ceiling: Double?
    /// Requests that ended, in order of their end.
    package var requests: [RequestTruth]
}

/// Sums since the start or the last reset.
package struct TruthTotals: Hashable, Sendable, Codable {
    /// Completion requests read.
    package var requests = 0
    package var finished = 0
    package var faulted = 0
    package var rejected = 0
    package var aborted = 0
    /// Of the requests that were not rejected, counted when they were read.
    package var promptTokens = 0
    /// Tokens sent.
    package var outputTokens = 0
    package var chunks = 0
    /// Prompt and output tokens of the requests that finished.
    package var finishedPromptTokens = 0
    package var finishedOutputTokens = 0

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
package struct LagTruth: Hashable, Sendable, Codable {
    package var count: Int
    package var mean: Double
    package var p50: Nanoseconds
    package var p90: Nanoseconds
    package var p99: Nanoseconds
    package var max: Nanoseconds
}

extension SimulatorTruth {
    /// As `/truth` tells it.
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
