/// One request, finished or failed. The figures derived from it follow `Definitions` in the README's
/// chapter on measuring.
package struct RequestRecord: Hashable, Sendable {
    /// Unique in the session, from 1.
    package var number: UInt32
    package var endpoint: EndpointID
    /// The user who sent it, unique in the endpoint, from 0.
    package var user: UInt32
    /// 0 for the user's first request, then 1, 2…
    package var turn: UInt32
    /// When the user meant to send it.
    package var intended: Moment
    /// When its last byte was handed to the socket. The same as `intended` when it never was.
    package var sent: Moment
    /// First and last token-bearing chunk.
    package var first: Moment?
    package var last: Moment?
    /// The first chunk with content that is not reasoning.
    package var firstContent: Moment?
    /// When the answer was complete, or the request failed.
    package var end: Moment
    /// DNS + TCP + TLS, when this request opened a connection.
    package var connect: Nanoseconds?
    /// Token-bearing chunks.
    package var chunks: Int
    /// Tokens in the first token-bearing chunk.
    package var firstChunkTokens: Int
    package var outputTokens: Int
    /// The output length that was asked for.
    package var requestedTokens: Int?
    package var inputTokens: Int?
    package var cachedTokens: Int?
    package var tokenSource: TokenSource
    package var finish: FinishReason?
    /// It failed on a reused connection before a byte of the answer came, and was sent once more.
    package var resent: Bool
    package var failure: RequestFailure?
    /// The server's own token counts contradict its stream, and were not taken.
    package var countRefused: Bool

    package init(
        number: UInt32, endpoint: EndpointID, user: UInt32, turn: UInt32, intended: Moment, sent: Moment,
        first: Moment? = nil, last: Moment? = nil, firstContent: Moment? = nil, end: Moment,
        connect: Nanoseconds? = nil, chunks: Int = 0, firstChunkTokens: Int = 1, outputTokens: Int = 0,
        requestedTokens: Int? = nil, inputTokens: Int? = nil, cachedTokens: Int? = nil,
        tokenSource: TokenSource = .chunks, finish: FinishReason? = nil, resent: Bool = false,
        failure: RequestFailure? = nil, countRefused: Bool = false
    ) {
        self.number = number
        self.endpoint = endpoint
        self.user = user
        self.turn = turn
        self.intended = intended
        self.sent = sent
        self.first = first
        self.last = last
        self.firstContent = firstContent
        self.end = end
        self.connect = connect
        self.chunks = chunks
        self.firstChunkTokens = firstChunkTokens
        self.outputTokens = outputTokens
        self.requestedTokens = requestedTokens
        self.inputTokens = inputTokens
        self.cachedTokens = cachedTokens
        self.tokenSource = tokenSource
        self.finish = finish
        self.resent = resent
        self.failure = failure
        self.countRefused = countRefused
    }
}

extension RequestRecord {
    package var succeeded: Bool { failure == nil }
    /// We ended it ourselves: neither a success nor an error.
    package var wasCancelled: Bool { failure?.kind == .cancelled }

    /// first − sent; nil when no token came.
    package var timeToFirstToken: Nanoseconds? { first.map { $0 - sent } }

    /// The same for the first non-reasoning content.
    package var timeToFirstOutput: Nanoseconds? { firstContent.map { $0 - sent } }

    /// (last − first) / (N − n1), in nanoseconds a token; nil when N ≤ n1.
    package var timePerOutputToken: Double? {
        guard let first, let last, outputTokens > firstChunkTokens else { return nil }
        return Double(last - first) / (Double(outputTokens) - Double(firstChunkTokens))
    }

    /// last − sent; nil when no token came.
    package var endToEndLatency: Nanoseconds? { last.map { $0 - sent } }

    /// The answer's end − last; nil where there is no token, or no end.
    package var tail: Nanoseconds? { succeeded ? last.map { max(0, end - $0) } : nil }

    /// Meant to send → last byte handed to the socket, without the time it took to connect.
    package var sendLag: Nanoseconds { max(0, sent - intended - (connect ?? 0)) }
}

/// Why the server says that it stopped generating.
package enum FinishReason: String, Hashable, Sendable, Codable {
    case stop
    case length
    case toolCalls = "tool_calls"
    /// The server gave up: abort, error, cancelled and the like. The request failed.
    case brokenOff = "broken-off"
    case other
}

/// Where a figure that depends on a number of tokens took that number from.
package enum TokenSource: String, Hashable, Sendable, Codable, CaseIterable {
    /// The server's own count, sent once at the end of the answer.
    case usage
    /// The server's own cumulative count on every chunk, so that each chunk's tokens are known.
    case usageStream = "usage-stream"
    /// One token a chunk, for want of anything better.
    case chunks
    /// The length that was asked for, where the server says that it reached it and counts nothing itself.
    case limit
    /// As many a chunk as in a trial that told both, for want of a count of this answer's own.
    case estimate

    /// The server counted. The others are this program's own: of chunks, by what it asked for, or by what a chunk
    /// held before, and tell the same tokens in different ways.
    package var isServers: Bool {
        switch self {
        case .usage, .usageStream: true
        case .chunks, .limit, .estimate: false
        }
    }

    /// Known only when the answer has ended: spread evenly over its chunks.
    package var isKnownAtEnd: Bool {
        switch self {
        case .usage, .limit, .estimate: true
        case .usageStream, .chunks: false
        }
    }
}
