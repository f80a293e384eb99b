import Measure
import NIOCore

/// One user of a closed loop: sends a request, reads its answer, sends the next, one request at a time. One
/// connection, and a few more only where the server leaves its HTTP messages open behind its answers: they
/// are never written to before they are read to their end.
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
    private var connections = UserConnections()
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
    /// Since when its connection had nothing to do.
    private var idleSince: Moment?
    private var isWaiting = false
    /// An answer is complete; the next request leaves as soon as all has been read that is there.
    private var goesOnAfterRead = false

    /// No server's wish to be left alone is heeded for longer than this, or than a request may take.
    private static let longestWait = 60 * Nanoseconds.second

    init(number: UInt32, load: EndpointLoad) {
        self.number = number
        self.load = load
        target = load.target
        prompts = PromptSource(seed: target.seed &+ UInt64(number) &* 0x9E37_79B9)
        answer = target.reader
        record = RequestRecord(
            number: 0, endpoint: target.id, user: number, turn: 0, intended: .zero, sent: .zero, end: .zero)
    }

    // MARK: Steering

    /// Sends the next request, unless one is out already.
    func start() {
        guard case .idle = state, retry == nil else { return }
        goesOnAfterRead = false
        let now = SystemTime.now()
        let requestNumber = load.worker.nextRequestNumber()
        record = RequestRecord(
            number: requestNumber, endpoint: target.id, user: number, turn: turn, intended: now, sent: now,
            end: now, requestedTokens: target.requestedTokens)
        turn += 1
        request = target.request(number: requestNumber, prompt: &prompts, allocator: load.worker.allocator)
        answer = target.reader
        wasSent = false
        load.inFlight += 1
        load.waiting += 1
        isWaiting = true
        timeout = load.worker.eventLoop.assumeIsolated().scheduleTask(
            in: .nanoseconds(target.settings.requestTimeout)
        ) { [self] in timedOut() }
        if !load.closesAfterAnswers, let connection = connections.takeFree() {
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
        goesOnAfterRead = false
        state = .gone
        presence = .idle
        for connection in connections.releaseAll() { connection.drop() }
    }

    private var isOut: Bool {
        switch state {
        case .connecting, .busy: true
        case .idle, .gone: false
        }
    }

    // MARK: From the connection

    func connected(_ connection: Connection) {
        guard case .connecting(let since) = state, connection === connections.opening else {
            return connection.drop()
        }
        connections.opened(connection)
        record.connect = SystemTime.now() - since
        send(on: connection)
    }

    func received(_ bytes: UnsafeRawBufferPointer, on connection: Connection, at now: Moment) {
        load.worker.noteRead(at: now)
        // Bytes that nothing has asked for. The connection is not to be trusted any more.
        guard connection === connections.current, case .busy = state else {
            return spoiled(connection, unasked: bytes.count)
        }
        let known = load.worker.arrivals.count
        let status = answer.read(
            bytes, at: now, request: record.number, endpoint: target.id, into: &load.worker.arrivals)
        if let request {
            if isStale(on: connection) {
                // The rest of an earlier answer: what was asked for is asked for again, elsewhere.
                load.worker.arrivals.removeSubrange(known...)
                load.noteUnasked()
                answer = target.reader
                return resend(request)
            }
            self.request = nil
        }
        if isWaiting, answer.first != nil { stopWaiting() }
        settle(status, at: now)
    }

    /// What was ready when the answer ended has been read: if there was anything that belongs to nobody, it is
    /// known by now, and so it is whether the rest of the message came along.
    func readComplete() {
        if goesOnAfterRead { goOn() }
    }

    /// A connection is good for nothing more.
    func spoiled(_ connection: Connection, unasked: Int) {
        if unasked > 0 { load.noteUnasked() }
        _ = connections.forget(connection)
        connection.drop()
        if goesOnAfterRead { goOn() }
    }

    func disconnected(_ connection: Connection, error: RequestFailure?, at now: Moment) {
        if case .connecting = state, connection === connections.opening {
            return settle(
                .failed(error ?? RequestFailure(kind: .closedEarly, message: "closed while connecting")),
                at: now)
        }
        guard connections.forget(connection) else { return }
        // Between requests the end of a connection is no failure.
        guard case .busy = state else {
            if goesOnAfterRead { goOn() }
            return
        }
        if answer.isFresh, connection.requestsSent > 1, !record.resent, let request {
            // The server closed it silently: once more, on a new one. Straight after the last answer means
            // after every answer; later, that the connection stood idle too long.
            if let idleSince, record.intended - idleSince < .second { load.closesAfterAnswers = true }
            return resend(request)
        }
        let status = answer.connectionEnded(
            error, at: now, request: record.number, endpoint: target.id, into: &load.worker.arrivals)
        settle(status, at: now)
    }

    // MARK: Private

    /// The first read brought tokens sooner than this endpoint can have made them.
    private func isStale(on connection: Connection) -> Bool {
        guard connection.requestsSent > 1, !record.resent, wasSent, let first = answer.first else {
            return false
        }
        // From before the sending: the moment after it may be taken late, and a sound answer look hasty.
        return load.quickest.isTooQuick(first - record.intended)
    }

    /// Once more, on a new connection.
    private func resend(_ request: ByteBuffer) {
        record.resent = true
        wasSent = false
        self.request = request
        connect()
    }

    private func connect() {
        disconnect()
        presence = .connecting
        state = .connecting(since: SystemTime.now())
        let attempt = Connection(
            user: self, usesTLS: target.tls != nil, scrubber: target.settings.scrubber)
        connections.open(attempt)
        load.open(attempt) { [self] error in
            guard attempt === connections.opening else { return }
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
        idleSince = connection.idleSince
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
        case .complete(let rest):
            finish(nil, at: now)
            failuresInARow = 0
            leave(behind: rest, at: now)
        case .failed(let failure):
            disconnect()
            finish(failure, at: now)
            failuresInARow += 1
            tryAgain(after: failure)
        }
    }

    /// What is done with the connection of a complete answer; and then the next request.
    private func leave(behind rest: AnswerReader.Rest, at now: Moment) {
        switch rest {
        case .reusable:
            connections.current?.idleSince = now
            goesOnAfterRead = true
        case .unfinished:
            guard let connection = connections.setAside() else {
                disconnect()
                return goOn()
            }
            goesOnAfterRead = true
            connection.drain(answer.draining)
        case .unasked:
            load.noteUnasked()
            disconnect()
            goOn()
        case .over:
            disconnect()
            goOn()
        }
    }

    private func goOn() {
        goesOnAfterRead = false
        if load.isRunning { start() }
    }

    /// A user who meets with a failure waits a little, longer each time, so that a broken server is not
    /// hammered; or as long as the server says.
    private func tryAgain(after failure: RequestFailure) {
        let doubled = Nanoseconds(100) * .millisecond << Nanoseconds(min(failuresInARow - 1, 5))
        let longest = max(Self.longestWait, target.settings.requestTimeout)
        let delay = max(doubled, min(failure.retryAfter ?? 0, longest))
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
        record.end = now
        var settled = answer.settled
        if failure == nil, load.shortCounts.repeats(with: answer.count.isOneShort(settled)) {
            settled = answer.count.refused(finish: answer.finish)
        }
        record.take(answer, counted: settled)
        if failure == nil, let latency = record.timeToFirstToken { load.quickest.note(latency) }
        record.failure = failure
        load.worker.requests.append(record)
    }

    private func stopWaiting() {
        isWaiting = false
        load.waiting -= 1
    }

    private func disconnect() {
        for connection in connections.release() { connection.drop() }
    }
}

extension Double {
    /// Without a needless fraction: "60", "0.5".
    fileprivate var formatted: String { self == rounded() ? "\(Int(clamping: Int64(self)))" : "\(self)" }
}
