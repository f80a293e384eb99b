import Measure

/// How one answer is sent: what the fault changes about it.
struct StreamStyle {
    enum Delta {
        case content
        case reasoning(key: StaticString)
        case toolCall
    }

    /// Something that happens once, half-way through.
    enum Breakage {
        case reset, close, stall, garbage, cutJSON, errorEvent, namedError, truncated, bigToken, endlessLine
    }

    /// A buffer between the server and the client, as proxies have them: what is sent waits there. The truth
    /// goes on telling what the server did before it.
    enum Hold {
        /// Until the end of the body.
        case all
        /// For this long, from the first byte that waits.
        case time(Nanoseconds)
        /// Until there are as many bytes as this; so many are let go at once.
        case bytes(Int)
    }

    /// How an answer whose tokens are all sent ends, if not at once and properly.
    enum Ending {
        /// This long after the last token.
        case tail(Nanoseconds)
        /// [DONE] at once, the body's end this long after it.
        case openAfterDone(Nanoseconds)
        /// [DONE], then the end of the connection instead of the body's.
        case closeAtDone
    }

    var delta = Delta.content
    var breakage: Breakage?
    var lineEnd: StaticString = "\n"
    /// Longest HTTP chunk, in bytes.
    var pieceLength: Int?
    var sendsComments = false
    var sendsUsage = true
    var sendsRole = true
    var reportsCacheHits = false
    var tokensPerChunk = 1
    var closesAfter = false
    var drips = false
    var hold: Hold?
    var ending: Ending?
    /// What usage says of the completion's tokens, whatever the truth.
    var claimedTokens: Int?

    /// - Parameter time: for faults that wait; each has its own, if nil.
    init(_ fault: SimulatorFault?, time: Nanoseconds? = nil) {
        switch fault {
        case .reset: breakage = .reset
        case .close: breakage = .close
        case .stall: breakage = .stall
        case .garbage: breakage = .garbage
        case .cutJSON: breakage = .cutJSON
        case .errorEvent: breakage = .errorEvent
        case .namedError: breakage = .namedError
        case .truncated: breakage = .truncated
        case .bigToken: breakage = .bigToken
        case .endlessLine: breakage = .endlessLine
        case .closeAfter: closesAfter = true
        case .drip: drips = true
        case .crlf: lineEnd = "\r\n"
        case .split: pieceLength = 7
        case .comments: sendsComments = true
        case .noUsage: sendsUsage = false
        case .noRole: sendsRole = false
        case .several: tokensPerChunk = 3
        case .reasoningContent: delta = .reasoning(key: "reasoning_content")
        case .reasoning: delta = .reasoning(key: "reasoning")
        case .toolCalls: delta = .toolCall
        case .cacheHits: reportsCacheHits = true
        case .zeroUsage: claimedTokens = 0
        case .hugeUsage: claimedTokens = 9_999_999_999_999_999
        case .held: hold = .all
        case .bursts: hold = .time(time ?? 200 * .millisecond)
        case .blocks: hold = .bytes(4_096)
        case .tail: ending = .tail(time ?? 200 * .millisecond)
        case .openAfterDone: ending = .openAfterDone(time ?? 500 * .millisecond)
        case .closeAtDone: ending = .closeAtDone
        default: break
        }
    }
}
