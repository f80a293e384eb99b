import Measure
import NIOCore

/// One user of a closed loop: sends a request, reads its answer, sends the next. One connection, one
/// request at a time.
///
/// Confined to its event loop.
final class User {
    private enum State {
        /// Not yet started, paused, or waiting after a failure.
        case idle
        case connecting(since: Moment)
        /// A request is out, or on its way out.
        case busy
        case gone
    }

    let number: UInt32
    private let target: Target
    private let load: EndpointLoad
    private var prompts: PromptSource
    private var state = State.idle
    private var presence = UserPresence.idle { didSet { load.userMoved(from: oldValue, to: presence) } }
    private var connection: Connection?
    /// The one that is being opened: what becomes of earlier attempts is nobody's business any more.
    private var opening: Connection?
    private var previousEnd: Moment?
    private var turn: UInt32 = 0
    private var failuresInARow = 0
    private var retry: Scheduled<Void>?
    private var timeout: Scheduled<Void>?

    // The request that is out.
    private var record: RequestRecord
    private var answer: AnswerReader
    /// Kept until the first byte of the answer: it may have to be sent once more.
    private var request: ByteBuffer?
    private var wasSent = false
    private var isWaiting = false

    init(number: UInt32, load: EndpointLoad) {
        self.number = number
        self.load = load
        target = load.target
        prompts = PromptSource(seed: target.seed &+ UInt64(number) &* 0x9E37_79B9)
        answer = AnswerReader(dialect: target.dialect, scrubber: target.settings.scrubber)
        record = RequestRecord(
            number: 0, endpoint: target.id, user: number, turn: 0, intended: .zero, sent: .zero, end: .zero)
    }

    // MARK: Steering

    /// Sends the next request, unless one is out already.
    func start() {
        guard case .idle = state, retry == nil else { return }
        let now = SystemTime.now()
        let requestNumber = load.worker.nextRequestNumber()
        record = RequestRecord(
            number: requestNumber, endpoint: target.id, user: number, turn: turn, intended: now, sent: now,
            end: now, requestedTokens: target.requestedTokens)
        turn += 1
        request = target.request(number: requestNumber, prompt: &prompts, allocator: load.worker.allocator)
        answer = AnswerReader(dialect: target.dialect, scrubber: target.settings.scrubber)
        wasSent = false
        load.inFlight += 1
        load.waiting += 1
        isWaiting = true
        timeout = load.worker.eventLoop.assumeIsolated().scheduleTask(
            in: .nanoseconds(target.settings.requestTimeout)
        ) { [self] in timedOut() }
        if let connection, connection.isOpen, !load.closesAfterAnswers {
            send(on: connection)
        } else {
            connect()
        }
    }

    /// Ends whatever is out, at once. A request in flight is recorded as cancelled.
    func leave() {
        if isOut {
            finish(RequestFailure(kind: .cancelled, message: "ended by plimsoll"), at: SystemTime.now())
        }
        retry?.cancel()
        retry = nil
        presence = .idle
        state = .gone
        disconnect()
    }

    private var isOut: Bool {
        switch state {
        case .connecting, .busy: true
        case .idle, .gone: false
        }
    }

    // MARK: From the connection

    func connected(_ connection: Connection) {
        guard case .connecting(let since) = state, connection === opening else { return connection.drop() }
        opening = nil
        self.connection = connection
        record.connect = SystemTime.now() - since
        send(on: connection)
    }

    func received(_ bytes: UnsafeRawBufferPointer, at now: Moment) {
        load.worker.noteRead(at: now)
        // Bytes between requests: nothing that we asked for. The connection is not to be trusted any more.
        guard case .busy = state else { return disconnect() }
        if request != nil { request = nil }
        let status = answer.read(
            bytes, at: now, request: record.number, endpoint: target.id, into: &load.worker.arrivals)
        if isWaiting, answer.first != nil { stopWaiting() }
        settle(status, at: now)
    }

    func disconnected(_ connection: Connection, error: RequestFailure?, at now: Moment) {
        if case .connecting = state, connection === opening {
            return settle(
                .failed(error ?? RequestFailure(kind: .closedEarly, message: "closed while connecting")),
                at: now)
        }
        guard self.connection === connection else { return }
        self.connection = nil
        // Between requests the end of a connection is no failure.
        guard case .busy = state else { return }
        if answer.isFresh, connection.requestsSent > 1, !record.resent, let request {
            // The server closed it silently: once more, on a new one. Straight after the last answer means
            // after every answer; later, that the connection stood idle too long.
            if let previousEnd, record.intended - previousEnd < .second { load.closesAfterAnswers = true }
            record.resent = true
            wasSent = false
            self.request = request
            return connect()
        }
        settle(answer.connectionEnded(error), at: now)
    }

    // MARK: Private

    private func connect() {
        disconnect()
        presence = .connecting
        state = .connecting(since: SystemTime.now())
        let attempt = Connection(
            user: self, usesTLS: target.tls != nil, scrubber: target.settings.scrubber)
        opening = attempt
        load.open(attempt) { [self] error in
            guard attempt === opening else { return }
            // The handler may know better: a channel that never was active only says that it is closed.
            settle(
                .failed(attempt.error ?? RequestFailure(error, target.settings.scrubber)),
                at: SystemTime.now())
        }
    }

    private func send(on connection: Connection) {
        guard let request else { return }
        presence = .out
        state = .busy
        let expected = record.number
        connection.send(request) { [self] moment in
            guard record.number == expected, !wasSent else { return }
            wasSent = true
            record.sent = moment
        }
    }

    private func settle(_ status: AnswerReader.Status, at now: Moment) {
        switch status {
        case .goesOn:
            return
        case .complete(let reusable):
            if !reusable { disconnect() }
            finish(nil, at: now)
            failuresInARow = 0
            if load.isRunning { start() }
        case .failed(let failure):
            disconnect()
            finish(failure, at: now)
            failuresInARow += 1
            tryAgain(after: failure)
        }
    }

    /// A user who meets with a failure waits a little, longer each time, so that a broken server is not
    /// hammered.
    private func tryAgain(after failure: RequestFailure) {
        let doubled = Nanoseconds(100) * .millisecond << Nanoseconds(min(failuresInARow - 1, 5))
        let delay = min(max(doubled, failure.retryAfter ?? 0), 30 * .second)
        presence = .waiting
        retry = load.worker.eventLoop.assumeIsolated().scheduleTask(in: .nanoseconds(delay)) { [self] in
            retry = nil
            presence = .idle
            if load.isRunning { start() }
        }
    }

    private func timedOut() {
        guard isOut else { return }
        timeout = nil
        let seconds = target.settings.requestTimeout.inSeconds
        let stage: Shown =
            if case .connecting = state { "connecting" } else if answer.isFresh { "no answer" } else {
                "answer not complete"
            }
        settle(
            .failed(RequestFailure(kind: .timeout, message: "\(stage) after \(own: seconds.formatted) s")),
            at: SystemTime.now())
    }

    private func finish(_ failure: RequestFailure?, at now: Moment) {
        timeout?.cancel()
        timeout = nil
        request = nil
        if isWaiting { stopWaiting() }
        load.inFlight -= 1
        presence = .idle
        state = .idle
        previousEnd = now
        record.first = answer.first
        record.last = answer.last
        record.firstContent = answer.firstContent
        record.end = now
        record.chunks = answer.chunks
        record.firstChunkTokens = answer.firstChunkTokens
        record.outputTokens = answer.outputTokens
        record.inputTokens = answer.usage?.prompt
        record.cachedTokens = answer.usage?.cached
        record.tokenSource = answer.tokenSource
        record.finish = answer.finish
        record.failure = failure
        load.worker.requests.append(record)
    }

    private func stopWaiting() {
        isWaiting = false
        load.waiting -= 1
    }

    private func disconnect() {
        // Forgotten first: closing calls back at once.
        let (former, abandoned) = (connection, opening)
        connection = nil
        opening = nil
        former?.drop()
        abandoned?.drop()
    }
}

extension Double {
    /// Without a needless fraction: "60", "0.5".
    fileprivate var formatted: String { self == rounded() ? "\(Int(clamping: Int64(self)))" : "\(self)" }
}
