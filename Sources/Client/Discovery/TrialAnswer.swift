import Measure
import Wire

/// What a first small request showed: a whole streamed answer, read after the fact.
struct TrialAnswer {
    var chunks: Int
    /// As far as its figures can be true.
    var usage: TokenUsage?
    var countsRun: Bool
    /// What its end was known by, and so that of the answers to come will be.
    var endMarks: EndMarks

    /// - Parameter requestedTokens: the output length that was asked for.
    init(
        _ answer: WholeAnswer, dialect: any Dialect, requestedTokens: Int? = nil, scrubber: Scrubber
    ) throws(RequestFailure) {
        let norm = AnswerNorm(requestedTokens: requestedTokens)
        var reader = AnswerReader(dialect: dialect, norm: norm, scrubber: scrubber)
        var arrivals: [TokenArrival] = []
        let status = answer.asReceived.withUnsafeBytes {
            reader.read($0, at: .zero, request: 0, endpoint: EndpointID(0), into: &arrivals)
        }
        // An answer of no tokens is odd, but shows what the server takes.
        if case .failed(let failure) = status, failure.kind != .noTokens || !reader.isStream {
            throw failure
        }
        if case .goesOn = status {
            throw RequestFailure(
                kind: .notAStream,
                message: "the answer is not a stream of \(own: type(of: dialect).framing.words)")
        }
        let settled = reader.settled
        chunks = reader.chunks
        countsRun = settled.source == .usageStream
        endMarks = reader.endMarks
        let isCounted = settled.source == .usage || settled.source == .usageStream
        usage = reader.usage.map { _ in
            TokenUsage(
                prompt: reader.count.promptTokens, completion: isCounted ? settled.outputTokens : nil,
                cached: reader.count.cachedTokens)
        }
    }
}

extension WholeAnswer {
    /// Head and body once more as bytes, with the body's length known.
    fileprivate var asReceived: [UInt8] {
        var text = "HTTP/1.1 \(head.status) \r\ncontent-length: \(body.count)\r\n"
        let framing = ["content-length", "transfer-encoding", "connection"]
        for header in head.headers where !framing.contains(header.name) {
            text += "\(header.name): \(header.value)\r\n"
        }
        return Array(text.utf8) + Array("\r\n".utf8) + body
    }
}
