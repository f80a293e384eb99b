import Measure
import Wire

/// Reads one streamed answer as it comes off the socket, and counts its tokens. A state machine without
/// I/O; the moment of each read is passed in.
struct AnswerReader {
    enum Status {
        case goesOn
        /// The answer is complete and sound. Whether the connection may be used again.
        case complete(reusable: Bool)
        case failed(RequestFailure)
    }

    private(set) var first: Moment?
    private(set) var last: Moment?
    private(set) var firstContent: Moment?
    private(set) var chunks = 0
    private(set) var firstChunkTokens = 1
    private(set) var finish: FinishReason?
    private(set) var usage: TokenUsage?

    private let dialect: any Dialect
    private let scrubber: Scrubber
    private var decoder = ResponseDecoder()
    private var splitter = EventSplitter()
    private var head: ResponseHead?
    /// The body of an answer that is no stream, as far as it is kept.
    private var plainBody: [UInt8]?
    private var isDone = false
    /// Tokens of the chunks so far; by the server's running count where it keeps one.
    private var counted = 0
    private var countsRun = false
    /// No token-bearing chunk has come since the server's last count: it is the count of the whole.
    private var usageIsLatest = false

    private static let plainBodyLimit = 8 * 1024

    init(dialect: any Dialect, scrubber: Scrubber) {
        self.dialect = dialect
        self.scrubber = scrubber
    }

    /// Not a byte of the answer has come.
    var isFresh: Bool { head == nil && decoder.isFresh }

    /// Output tokens, by the best count there is.
    var outputTokens: Int { usageIsLatest ? usage?.completion ?? counted : counted }

    var tokenSource: TokenSource {
        if usageIsLatest { countsRun ? .usageStream : .usage } else { .chunks }
    }

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
                    return .goesOn
                case .head(let head):
                    self.head = head
                    if !Self.isStream(head) { plainBody = [] }
                case .body(let range):
                    if plainBody != nil {
                        keep(bytes[range])
                        continue
                    }
                    var position = range.lowerBound
                    events: while true {
                        let failure: RequestFailure?
                        switch try splitter.next(bytes, from: &position, upTo: range.upperBound) {
                        case .needsMore:
                            break events
                        case .event(let event):
                            failure = take(
                                UnsafeRawBufferPointer(rebasing: bytes[event]), at: now, request: request,
                                endpoint: endpoint, into: &arrivals)
                        case .carriedEvent:
                            let carried = splitter.carried
                            failure = carried.withUnsafeBytes {
                                take($0, at: now, request: request, endpoint: endpoint, into: &arrivals)
                            }
                        }
                        if let failure { return .failed(failure) }
                    }
                case .end:
                    return conclude(connectionEnded: false)
                }
            }
        } catch {
            return .failed(RequestFailure(error, scrubber))
        }
    }

    /// The connection has ended before the answer did; `error` is what the transport said, if anything.
    mutating func connectionEnded(_ error: RequestFailure?) -> Status {
        if let error, error.kind != .tls || head == nil { return .failed(error) }
        if head == nil {
            return .failed(
                RequestFailure(
                    kind: .closedEarly, message: "the server closed the connection without an answer"))
        }
        // Where the end of the connection is the only end there is, tokens without a word of an ending are
        // an answer that was cut off.
        let mayEnd = decoder.endsWithConnection && (finish != nil || chunks == 0)
        if mayEnd || isDone { return conclude(connectionEnded: true) }
        return .failed(
            RequestFailure(kind: .closedEarly, message: "the server closed the connection in mid-answer"))
    }

    private static func isStream(_ head: ResponseHead) -> Bool {
        guard head.status == 200 else { return false }
        return switch head.mediaType {
        case "application/json", "text/html": false
        default: true
        }
    }

    private mutating func keep(_ bytes: Slice<UnsafeRawBufferPointer>) {
        let room = Self.plainBodyLimit - (plainBody?.count ?? 0)
        plainBody?.append(contentsOf: bytes.prefix(max(0, room)))
    }

    private mutating func take(
        _ event: UnsafeRawBufferPointer, at now: Moment, request: UInt32, endpoint: EndpointID,
        into arrivals: inout [TokenArrival]
    ) -> RequestFailure? {
        guard let chunk = dialect.scan(event) else {
            // The scanner could not follow. Valid JSON in an unknown shape is passed over; the rest is not.
            guard JSONValue(parsing: event) == nil else { return nil }
            return RequestFailure(
                kind: .malformed,
                message: "an event that is not JSON: “\(scrubber.shown(of: event, limit: 60))”")
        }
        if chunk.isError {
            let said =
                JSONValue(parsing: event)?.errorMessage.map { scrubber.shown($0) } ?? "an error without words"
            return RequestFailure(kind: .inStream, status: 200, message: "error in the stream: \(said)")
        }
        if chunk.isDone { isDone = true }
        if let reason = chunk.finish { finish = reason }
        if let usage = chunk.usage {
            self.usage = usage
            usageIsLatest = usage.completion != nil
        }
        guard !chunk.content.isEmpty else { return nil }

        var tokens = 1
        if let running = chunk.usage?.completion {
            countsRun = true
            tokens = max(0, running - counted)
        } else {
            usageIsLatest = false
        }
        counted += tokens
        chunks += 1
        if first == nil {
            first = now
            firstChunkTokens = max(1, tokens)
        }
        if firstContent == nil, chunk.content != .reasoning { firstContent = now }
        arrivals.append(
            TokenArrival(
                at: now, gap: last.map { now - $0 } ?? -1, request: request, endpoint: endpoint,
                tokens: UInt16(clamping: tokens)))
        last = now
        return nil
    }

    private mutating func conclude(connectionEnded: Bool) -> Status {
        guard let head else { return .failed(RequestFailure(kind: .closedEarly, message: "no answer")) }
        if head.status != 200 {
            return .failed(
                RequestFailure(refusal: head, body: plainBody ?? [], scrubber))
        }
        if let plainBody {
            if let said = JSONValue(parsing: plainBody)?.errorMessage {
                return .failed(
                    RequestFailure(
                        kind: .notAStream, status: 200,
                        message: "an error with status 200: \(scrubber.shown(said))"))
            }
            let type = scrubber.shown(head.mediaType ?? "?", limit: 40)
            return .failed(
                RequestFailure(
                    kind: .notAStream, status: 200,
                    message: "answered with \(type) instead of a stream of events"))
        }
        guard chunks > 0 else {
            let kind: FailureKind = finish != nil || isDone || usage != nil ? .noTokens : .notAStream
            return .failed(
                RequestFailure(
                    kind: kind, status: 200,
                    message: kind == .noTokens
                        ? "the answer has no token in it" : "the answer is not a stream of events"))
        }
        return .complete(reusable: !connectionEnded && !head.closesConnection)
    }
}
