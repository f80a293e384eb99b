import Measure
import Wire

/// What a first small request showed: a whole streamed answer, read after the fact.
struct TrialAnswer {
    var chunks: Int
    var usage: TokenUsage?
    var countsRun: Bool

    init(_ answer: Answer, dialect: any Dialect, scrubber: Scrubber) throws(RequestFailure) {
        var reader = AnswerReader(dialect: dialect, scrubber: scrubber)
        var arrivals: [TokenArrival] = []
        let status = answer.asReceived.withUnsafeBytes {
            reader.read($0, at: .zero, request: 0, endpoint: EndpointID(0), into: &arrivals)
        }
        // An answer of no tokens is odd, but shows what the server takes.
        if case .failed(let failure) = status, failure.kind != .noTokens { throw failure }
        if case .goesOn = status {
            throw RequestFailure(kind: .notAStream, message: "the answer is not a stream of events")
        }
        chunks = reader.chunks
        usage = reader.usage
        countsRun = reader.tokenSource == .usageStream
    }
}

extension Answer {
    /// Head and body once more as bytes, with the body's length known.
    fileprivate var asReceived: [UInt8] {
        var text = "HTTP/1.1 \(head.status) \r\ncontent-length: \(body.count)\r\n"
        for name in ["content-type", "retry-after"] {
            if let value = head[name] { text += "\(name): \(value)\r\n" }
        }
        return Array(text.utf8) + Array("\r\n".utf8) + body
    }
}
