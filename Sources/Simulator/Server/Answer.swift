import Measure
import NIOCore

/// One completion that is being answered.
final class Answer {
    let key: StreamKey
    let number: Int
    /// Tokens to make.
    let total: Int
    let streams: Bool
    let includesUsage: Bool
    let finishReason: StaticString
    let text: EventText
    let style: StreamStyle
    let model: String
    /// At this token the style's breakage happens.
    let middle: Int
    var truth: RequestTruth
    /// Prompt tokens that a cache had.
    let cachedTokens: Int
    /// As the request set it.
    let maxTokens: Int?
    /// When work on it began, and when its first token was there.
    var admitted: Moment?
    var firstMade: Moment?
    /// How often it gave up its place in the batch.
    var preemptions = 0
    /// Tokens made, and those of them that are kept back for a chunk of several.
    var made = 0
    var held = 0
    var chunks = 0
    var lagSum: Nanoseconds = 0
    /// What waits in the style's hold, and whether its time runs.
    var kept = ByteBuffer()
    var isKeptTimed = false
    /// Its body is sent in chunks; else the end of the connection ends it.
    var isChunked = true
    /// The connection is closed after it.
    var closesAfter = false
    /// The tokens are still to come: neither finished nor broken.
    var isRunning = false

    init(
        key: StreamKey, number: Int, total: Int, streams: Bool, includesUsage: Bool,
        finishReason: StaticString, text: EventText, style: StreamStyle, model: String, truth: RequestTruth,
        cachedTokens: Int, maxTokens: Int?
    ) {
        self.key = key
        self.number = number
        self.total = total
        self.streams = streams
        self.includesUsage = includesUsage && style.sendsUsage
        self.finishReason = finishReason
        self.text = text
        self.style = style
        self.model = model
        self.truth = truth
        self.cachedTokens = cachedTokens
        self.maxTokens = maxTokens
        middle = total / 2
    }

    /// Why it ended, as a server's metrics call it.
    func endReason(_ outcome: RequestTruth.Outcome) -> EngineMetrics.Reason {
        if outcome == .aborted { return .abort }
        guard made >= total else { return .error }
        return EngineMetrics.Reason(rawValue: finishReason.description) ?? .stop
    }

    /// Whether the finish reason comes in an event of its own, after the last token's.
    var finishesApart: Bool { finishReason.utf8CodeUnitCount != 6 }

    /// How the token is sent: with reasoning, the first half is.
    func delta(_ index: Int) -> StreamStyle.Delta {
        if case .reasoning = style.delta, index >= max(1, middle) { return .content }
        return style.delta
    }

    func noteChunk(meant: Moment, sent: Moment, tokens: Int) {
        let lag = max(0, sent - meant)
        chunks += 1
        lagSum += lag
        truth.outputTokens += tokens
        truth.lagMax = max(truth.lagMax, lag)
        truth.lagMean = Double(lagSum) / Double(chunks)
        if truth.firstSent == nil {
            truth.firstMeant = meant
            truth.firstSent = sent
        }
        truth.lastMeant = meant
        truth.lastSent = sent
        // Nil unless the settings ask for them.
        truth.meant?.append(meant)
        truth.sent?.append(sent)
    }
}
