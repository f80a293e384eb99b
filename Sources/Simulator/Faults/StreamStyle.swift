/// How one answer is sent: what the fault changes about it.
struct StreamStyle {
    enum Delta {
        case content
        case reasoning(key: StaticString)
        case toolCall
    }

    /// Something that happens once, half-way through.
    enum Breakage {
        case reset, close, stall, garbage, cutJSON, errorEvent, bigToken, endlessLine
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

    init(_ fault: SimulatorFault?) {
        switch fault {
        case .reset: breakage = .reset
        case .close: breakage = .close
        case .stall: breakage = .stall
        case .garbage: breakage = .garbage
        case .cutJSON: breakage = .cutJSON
        case .errorEvent: breakage = .errorEvent
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
        default: break
        }
    }
}
