/// What a server can do wrong, or just differently. Chosen by asking for the model `fault:NAME` or
/// `fault:NAME:PROBABILITY`, or for all requests by a setting. The raw value is the name.
package enum SimulatorFault: String, Hashable, Sendable, Codable, CaseIterable {
    // The connection.
    case reset
    case close
    case closeAfter = "close-after"
    case hang
    case stall
    case drip
    case endlessHead = "endless-head"
    case endlessLine = "endless-line"
    // The answer as a whole.
    case unauthorized
    case notFound = "not-found"
    case rateLimit = "rate-limit"
    case rateLimitDate = "rate-limit-date"
    case serverError = "server-error"
    case unavailable
    case html
    case garbage
    case cutJSON = "cut-json"
    case errorEvent = "error-event"
    case namedError = "named-error"
    case truncated
    // The shape of the stream.
    case bigToken = "big-token"
    case crlf
    case split
    case comments
    case noUsage = "no-usage"
    case noRole = "no-role"
    case several
    case reasoningContent = "reasoning-content"
    case reasoning
    case toolCalls = "tool-calls"
    case cacheHits = "cache-hits"
    case zeroUsage = "zero-usage"
    case hugeUsage = "huge-usage"
    // When its parts are sent.
    case held
    case bursts
    case blocks
    case tail
    case openAfterDone = "open-after-done"
    case closeAtDone = "close-at-done"
    // What it refuses, and what it does instead of what was asked.
    case refuseStreamOptions = "refuse-stream-options"
    case refuseContinuousUsage = "refuse-continuous-usage"
    case refuseIgnoreEOS = "refuse-ignore-eos"
    case refuseMinTokens = "refuse-min-tokens"
    case halfLength = "half-length"
    case oneToken = "one-token"

    /// One line, for a help page.
    package var summary: String {
        switch self {
        case .reset: "resets the connection (RST) half-way through the answer"
        case .close: "closes the connection half-way through the answer"
        case .closeAfter: "closes the connection after a whole answer without saying so"
        case .hang: "reads the request and never answers"
        case .stall: "stops half-way through the answer and leaves the connection open"
        case .drip: "sends the answer's body at one byte a second"
        case .endlessHead: "sends response headers without end"
        case .endlessLine: "sends one event line without end"
        case .unauthorized: "answers 401"
        case .notFound: "answers 404"
        case .rateLimit: "answers 429 with Retry-After: 1"
        case .rateLimitDate: "answers 429 with Retry-After as a date --fault-time (2 s) ahead"
        case .serverError: "answers 500"
        case .unavailable: "answers 503"
        case .html: "answers 200 with an HTML page"
        case .garbage: "sends random bytes instead of HTTP chunks half-way through"
        case .cutJSON: "cuts an event's JSON in half, then ends the answer properly"
        case .errorEvent: "sends an error event half-way through, then [DONE]"
        case .namedError:
            "sends `event: error` with plain text half-way through, then ends the answer properly"
        case .truncated: "ends the answer properly half-way through, without finish, usage or [DONE]"
        case .bigToken: "sends one token of 3,000 bytes"
        case .crlf: "ends lines with CR LF"
        case .split: "cuts every event into HTTP chunks of 7 bytes"
        case .comments: "sends comments and pings between the events"
        case .noUsage: "never sends usage, whatever was asked"
        case .noRole: "sends no role chunk"
        case .several: "sends three tokens a chunk, as speculative decoding does"
        case .reasoningContent: "sends the first half as delta.reasoning_content"
        case .reasoning: "sends the first half as delta.reasoning"
        case .toolCalls: "sends the answer as the arguments of a tool call"
        case .cacheHits: "reports half of the prompt as cached"
        case .zeroUsage: "counts 0 completion tokens in usage"
        case .hugeUsage: "counts 9,999,999,999,999,999 completion tokens in usage"
        case .held: "holds the stream back and sends it all at once, as a buffering proxy does"
        case .bursts: "holds the stream back and sends what there is every --fault-time (200 ms)"
        case .blocks: "holds the stream back and sends it in blocks of 4,096 bytes"
        case .tail: "waits for --fault-time (200 ms) between the last token and what follows it"
        case .openAfterDone: "leaves the body open for --fault-time (500 ms) after [DONE]"
        case .closeAtDone: "closes the connection at [DONE], without the body's end"
        case .refuseStreamOptions: "answers 400 to stream_options"
        case .refuseContinuousUsage: "answers 400 to stream_options.continuous_usage_stats"
        case .refuseIgnoreEOS: "answers 400 to ignore_eos"
        case .refuseMinTokens: "answers 400 to min_tokens"
        case .halfLength: "ends the answer at half of the length asked for"
        case .oneToken: "ends the answer after one token"
        }
    }

    /// The request field that this fault refuses.
    var refusedField: String? {
        switch self {
        case .refuseStreamOptions: "stream_options"
        case .refuseContinuousUsage: "continuous_usage_stats"
        case .refuseIgnoreEOS: "ignore_eos"
        case .refuseMinTokens: "min_tokens"
        default: nil
        }
    }
}
