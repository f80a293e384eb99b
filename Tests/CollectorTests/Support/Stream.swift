import Measure

/// One request as an event loop sees it: its tokens' arrivals, and its record once it is over.
struct Stream {
    var arrivals: [TokenArrival] = []
    var record: RequestRecord?

    /// - Parameters:
    ///   - tokens: in each chunk, as the client had it.
    ///   - usage: the server's own count, sent at the end.
    ///   - end: of the answer; with its last chunk unless stated.
    init(
        _ number: UInt32, endpoint: EndpointID = first, user: UInt32 = 0, turn: UInt32 = 1, sent: Moment,
        chunksAt moments: [Moment], tokens: Int = 1, usage: Int? = nil, source: TokenSource? = nil,
        end: Moment? = nil, input: Int? = nil, cached: Int? = nil, intended: Moment? = nil,
        connect: Nanoseconds? = nil, failure: FailureKind? = nil
    ) {
        var last: Moment?
        for moment in moments {
            arrivals.append(
                TokenArrival(
                    at: moment, gap: last.map { moment - $0 } ?? -1, request: number, endpoint: endpoint,
                    tokens: UInt16(tokens)))
            last = moment
        }
        record = RequestRecord(
            number: number, endpoint: endpoint, user: user, turn: turn, intended: intended ?? sent,
            sent: sent,
            first: moments.first, last: moments.last, firstContent: moments.first,
            end: end ?? moments.last ?? sent, connect: connect, chunks: moments.count,
            firstChunkTokens: moments.isEmpty ? 1 : tokens, outputTokens: usage ?? moments.count * tokens,
            inputTokens: input, cachedTokens: cached,
            tokenSource: source ?? (usage != nil ? .usage : tokens > 1 ? .usageStream : .chunks),
            failure: failure.map { RequestFailure(kind: $0, message: "made up") })
    }

    /// `count` chunks, the first `ttft` after `sent`, then one every `gap`, all in milliseconds.
    static func even(
        _ number: UInt32, endpoint: EndpointID = first, user: UInt32 = 0, turn: UInt32 = 1,
        sent: Double, ttft: Double, gap: Double, count: Int, usage: Int? = nil
    ) -> Stream {
        Stream(
            number, endpoint: endpoint, user: user, turn: turn, sent: at(sent),
            chunksAt: (0..<count).map { at(sent + ttft + gap * Double($0)) }, usage: usage)
    }

    /// Still out: arrivals, and no record yet.
    var open: Stream {
        var stream = self
        stream.record = nil
        return stream
    }
}
