import Measure
import Wire

/// Reads one streamed answer as it comes off the socket, and counts its tokens. A state machine without
/// I/O; the moment of each read is passed in.
struct AnswerReader {
    enum Status {
        case goesOn
        /// The answer is complete and sound.
        case complete(Rest)
        case failed(RequestFailure)
    }

    /// What becomes of the connection behind a complete answer.
    enum Rest: Hashable {
        /// The HTTP message is over, too, and the server keeps the connection.
        case reusable
        /// The answer is over before its HTTP message.
        case unfinished
        /// The connection has ended, or is about to.
        case over
        /// More came behind the message's end than was asked for: so many bytes.
        case unasked(Int)
    }

    private(set) var first: Moment?
    private(set) var last: Moment?
    private(set) var firstContent: Moment?
    private(set) var finish: FinishReason?
    /// The marks of an end that have come.
    private(set) var endMarks: EndMarks = []
    private(set) var count: TokenCount

    private let dialect: any Dialect
    private let scrubber: Scrubber
    private let norm: AnswerNorm
    private var decoder = ResponseDecoder()
    private var head: ResponseHead?
    private var body: BodyReader
    /// Since the last token.
    private var bytesWithoutToken = 0

    init(dialect: any Dialect, norm: AnswerNorm = AnswerNorm(), scrubber: Scrubber) {
        self.dialect = dialect
        self.norm = norm
        self.scrubber = scrubber
        count = TokenCount(norm: norm)
        body = BodyReader(nil, framing: type(of: dialect).framing)
    }

    private var api: any Dialect.Type { type(of: dialect) }

    /// Not a byte of the answer has come.
    var isFresh: Bool { head == nil && decoder.isFresh }

    /// The body is a stream, be there anything in it or not.
    var isStream: Bool { body.isStream }
    var chunks: Int { count.chunks }
    var usage: TokenUsage? { count.usage }
    /// Output tokens and what they are counted by.
    var settled: TokenCount.Settled { count.settled(finish: finish) }
    var outputTokens: Int { settled.outputTokens }
    var tokenSource: TokenSource { settled.source }
    var firstChunkTokens: Int { settled.firstChunkTokens }

    /// For what follows a complete answer.
    var draining: Draining { Draining(decoder, closesAtEnd: head?.closesConnection ?? true) }

    /// Takes what one read brought. Token arrivals are appended to `arrivals`.
    mutating func read(
        _ bytes: UnsafeRawBufferPointer, at now: Moment, request: UInt32, endpoint: EndpointID,
        into arrivals: inout [TokenArrival]
    ) -> Status {
        do throws(WireError) {
            var offset = 0
            while true {
                switch try decoder.next(bytes, from: &offset) {
                case .needsMore:
                    if endMarks.contains(.done) {
                        return conclude(decoder.endsWithConnection ? .over : .unfinished)
                    }
                    bytesWithoutToken += bytes.count
                    guard bytesWithoutToken <= WireLimits.withoutToken else {
                        throw .tooLarge(what: "an answer without a token", limit: WireLimits.withoutToken)
                    }
                    return .goesOn
                case .head(let head):
                    self.head = head
                    body = BodyReader(head, framing: api.framing)
                case .body(let range):
                    var position = range.lowerBound
                    // What follows the end is nobody's.
                    events: while !endMarks.contains(.done) {
                        let failure: RequestFailure?
                        switch try body.next(bytes, from: &position, upTo: range.upperBound) {
                        case .needsMore:
                            break events
                        case .event(let event):
                            failure = take(
                                UnsafeRawBufferPointer(rebasing: bytes[event]), at: now, request: request,
                                endpoint: endpoint, into: &arrivals)
                        case .carriedEvent:
                            failure = takeCarried(
                                at: now, request: request, endpoint: endpoint, into: &arrivals)
                        case .compressed:
                            failure = words.failureInsteadOfStream
                        }
                        if let failure { return .failed(failure) }
                    }
                case .end:
                    let failure = try takeLastEvent(
                        at: now, request: request, endpoint: endpoint, into: &arrivals)
                    if let failure { return .failed(failure) }
                    if offset < bytes.count { return conclude(.unasked(bytes.count - offset)) }
                    return conclude(head?.closesConnection == false ? .reusable : .over)
                }
            }
        } catch {
            return .failed(RequestFailure(error, scrubber))
        }
    }

    /// The connection has ended before the answer did; `error` is what the transport said, if anything.
    mutating func connectionEnded(
        _ error: RequestFailure?, at now: Moment, request: UInt32, endpoint: EndpointID,
        into arrivals: inout [TokenArrival]
    ) -> Status {
        // An event that lacks its empty line may still be a token, or say what went wrong, or that all is over.
        let said = try? takeLastEvent(at: now, request: request, endpoint: endpoint, into: &arrivals)
        if let failure = said ?? nil, failure.kind == .inStream { return .failed(failure) }
        if let error, error.kind != .tls || head == nil { return .failed(error) }
        if head == nil {
            return .failed(
                RequestFailure(
                    kind: .closedEarly, message: "the server closed the connection without an answer"))
        }
        // Where the end of the connection is the only end there is, tokens without a word of an ending are
        // an answer that was cut off.
        let mayEnd = decoder.endsWithConnection && (!endMarks.isEmpty || chunks == 0)
        if mayEnd || endMarks.contains(.done) { return conclude(.over) }
        return .failed(
            RequestFailure(kind: .closedEarly, message: "the server closed the connection in mid-answer"))
    }

    // MARK: Events

    /// At the end of the body: an event whose empty line never came.
    private mutating func takeLastEvent(
        at now: Moment, request: UInt32, endpoint: EndpointID, into arrivals: inout [TokenArrival]
    ) throws(WireError) -> RequestFailure? {
        guard !endMarks.contains(.done), case .carriedEvent = try body.finish() else { return nil }
        return takeCarried(at: now, request: request, endpoint: endpoint, into: &arrivals)
    }

    private mutating func takeCarried(
        at now: Moment, request: UInt32, endpoint: EndpointID, into arrivals: inout [TokenArrival]
    ) -> RequestFailure? {
        let carried = body.carried
        return carried.withUnsafeBytes {
            take($0, at: now, request: request, endpoint: endpoint, into: &arrivals)
        }
    }

    private mutating func take(
        _ event: UnsafeRawBufferPointer, at now: Moment, request: UInt32, endpoint: EndpointID,
        into arrivals: inout [TokenArrival]
    ) -> RequestFailure? {
        if body.isError { return EventFailure.error(event, scrubber) }
        guard let chunk = dialect.scan(event) else {
            if OddEvent.saysFailure(event) { return EventFailure.error(event, scrubber) }
            return OddEvent.isHarmless(event) ? nil : EventFailure.malformed(event, scrubber)
        }
        if chunk.isError { return EventFailure.error(event, scrubber) }
        if chunk.isDone { endMarks.insert(.done) }
        if let reason = chunk.finish {
            if reason == .brokenOff { return EventFailure.brokenOff(event, api, scrubber) }
            finish = reason
            endMarks.insert(.finish)
        }
        if let usage = chunk.usage { count.note(usage) }
        guard !chunk.content.isEmpty else {
            // The count of the whole stands by itself; one beside a choice may be a running one.
            if chunk.usage?.completion != nil, !chunk.hasChoice, chunks > 0 { endMarks.insert(.usage) }
            return nil
        }
        bytesWithoutToken = 0
        let tokens = count.take(chunk)
        if first == nil { first = now }
        if firstContent == nil, chunk.content != .reasoning { firstContent = now }
        arrivals.append(
            TokenArrival(
                at: now, gap: last.map { now - $0 } ?? -1, request: request, endpoint: endpoint,
                tokens: UInt16(clamping: tokens)))
        last = now
        return nil
    }

    // MARK: The end

    private var words: ServerWords {
        ServerWords(
            head: head ?? ResponseHead(status: 0, headers: []), body: body.held, dialect: api,
            scrubber: scrubber)
    }

    private func conclude(_ rest: Rest) -> Status {
        guard let head else { return .failed(RequestFailure(kind: .closedEarly, message: "no answer")) }
        if !head.isSuccess {
            return .failed(
                RequestFailure(refusal: head, body: body.held, scrubber))
        }
        if !body.isStream { return .failed(words.failureInsteadOfStream) }
        guard chunks > 0 else {
            return .failed(
                RequestFailure(
                    kind: .noTokens, status: head.status,
                    message: endMarks.isEmpty && usage == nil
                        ? "an empty answer: a stream of \(own: api.framing.words) without a token, which says nothing of its end"
                        : "an empty answer: there is no token in it"))
        }
        if !norm.endMarks.isEmpty, norm.endMarks.isDisjoint(with: endMarks) {
            return .failed(
                RequestFailure(
                    kind: .closedEarly, status: head.status,
                    message:
                        "the answer broke off: it has no \(norm.endMarks.words(api)), as others of this endpoint do"
                ))
        }
        return .complete(rest)
    }
}

extension RequestRecord {
    /// Takes over what was read of the answer, complete or not.
    mutating func take(_ answer: AnswerReader, counted settled: TokenCount.Settled) {
        first = answer.first
        last = answer.last
        firstContent = answer.firstContent
        chunks = answer.chunks
        finish = answer.finish
        firstChunkTokens = settled.firstChunkTokens
        outputTokens = settled.outputTokens
        tokenSource = settled.source
        countRefused = settled.wasRefused
        inputTokens = answer.count.promptTokens
        cachedTokens = answer.count.cachedTokens
    }
}
