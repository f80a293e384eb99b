/// One request, finished or failed. The figures derived from it follow `Definitions` in the README's
/// chapter on measuring.
public struct RequestRecord: Hashable, Sendable {
    /// Unique in the session, from 1.
    public var number: UInt32
    public var endpoint: EndpointID
    /// The user who sent it, unique in the endpoint, from 0.
    public var user: UInt32
    /// 0 for the user's first request, then 1, 2…
    public var turn: UInt32
    /// When the user meant to send it.
    public var intended: Moment
    /// When its last byte was handed to the socket. The same as `intended` when it never was.
    public var sent: Moment
    /// First and last token-bearing chunk.
    public var first: Moment?
    public var last: Moment?
    /// The first chunk with content that is not reasoning.
    public var firstContent: Moment?
    /// When the answer was complete, or the request failed.
    public var end: Moment
    /// DNS + TCP + TLS, when this request opened a connection.
    public var connect: Nanoseconds?
    /// Token-bearing chunks.
    public var chunks: Int
    /// Tokens in the first token-bearing chunk.
    public var firstChunkTokens: Int
    public var outputTokens: Int
    /// The output length that was asked for.
    public var requestedTokens: Int?
    public var inputTokens: Int?
    public var cachedTokens: Int?
    public var tokenSource: TokenSource
    public var finish: FinishReason?
    /// It failed on a reused connection before a byte of the answer came, and was sent once more.
    public var resent: Bool
    public var failure: RequestFailure?
    /// The server's own token counts contradict its stream, and were not taken.
    public var countRefused: Bool

    public init(
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
    public var succeeded: Bool { failure == nil }
    /// We ended it ourselves: neither a success nor an error.
    public var wasCancelled: Bool { failure?.kind == .cancelled }

    /// first − sent; nil when no token came.
    public var timeToFirstToken: Nanoseconds? { first.map { $0 - sent } }

    /// The same for the first non-reasoning content.
    public var timeToFirstOutput: Nanoseconds? { firstContent.map { $0 - sent } }

    /// (last − first) / (N − n1), in nanoseconds a token; nil when N ≤ n1.
    public var timePerOutputToken: Double? {
        guard let first, let last, outputTokens > firstChunkTokens else { return nil }
        return Double(last - first) / (Double(outputTokens) - Double(firstChunkTokens))
    }

    /// last − sent; nil when no token came.
    public var endToEndLatency: Nanoseconds? { last.map { $0 - sent } }

    /// The answer's end − last; nil where there is no token, or no end.
    public var tail: Nanoseconds? { succeeded ? last.map { max(0, end - $0) } : nil }

    /// Meant to send → last byte handed to the socket, without the time it took to connect.
    public var sendLag: Nanoseconds { max(0, sent - intended - (connect ?? 0)) }
}
