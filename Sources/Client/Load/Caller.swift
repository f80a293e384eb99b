import Measure
import NIOCore

/// Whom a caller reports to.
protocol CallOwner: AnyObject {
    func callMoved(to presence: UserPresence)
    /// The request has ended, one way or another.
    func callEnded(_ record: RequestRecord)
    /// All that was ready behind the last answer has been read: the next request may leave.
    func callerIsFree()
}

/// Makes one call after the other: sends a request, reads its answer, settles what it comes to. One connection,
/// and a few more only where the server leaves its HTTP messages open behind its answers: they are never
/// written to before they are read to their end.
///
/// It knows nothing of when requests are due or what they say. Confined to its event loop.
final class Caller {
    private enum State {
        case idle
        case connecting(since: Moment)
        /// A request is out, or on its way out.
        case busy
        case gone
    }

    weak var owner: (any CallOwner)?
    private let target: Target
    private let load: EndpointLoad
    private var state = State.idle
    private var connections = UserConnections()
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
    /// An answer is complete; the caller is free as soon as all has been read that is there.
    private var isFreeAfterRead = false

    init(load: EndpointLoad) {
        self.load = load
        target = load.target
        answer = target.reader
        record = RequestRecord(
            number: 0, endpoint: target.id, user: 0, turn: 0, intended: .zero, sent: .zero, end: .zero)
    }

    var isOut: Bool {
        switch state {
        case .connecting, .busy: true
        case .idle, .gone: false
        }
    }

    /// Sends the request; nothing may be out.
    ///
    /// - Parameter record: what is known of it before it leaves.
    func call(_ request: ByteBuffer, _ record: RequestRecord) {
        guard case .idle = state else { return }
        isFreeAfterRead = false
        self.record = record
        self.request = request
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

    /// Ends whatever is out, at once, for good. A request in flight is recorded as cancelled.
    func leave() {
        if isOut {
            finish(RequestFailure(kind: .cancelled, message: "ended by plimsoll"), at: SystemTime.now())
        }
        isFreeAfterRead = false
        state = .gone
        for connection in connections.releaseAll() { connection.drop() }
    }

    // MARK: From the connection

    func connected(_ connection: UserConnection) {
        guard case .connecting(let since) = state, connection === connections.opening else {
            return connection.drop()
        }
        connections.opened(connection)
        record.connect = SystemTime.now() - since
        send(on: connection)
    }

    func received(_ bytes: UnsafeRawBufferPointer, on connection: UserConnection, at now: Moment) {
        load.worker.probes.noteRead(at: now, of: record.number)
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
        if isFreeAfterRead { becomeFree() }
    }

    /// A connection is good for nothing more.
    func spoiled(_ connection: UserConnection, unasked: Int) {
        if unasked > 0 { load.noteUnasked() }
        _ = connections.forget(connection)
        connection.drop()
        if isFreeAfterRead { becomeFree() }
    }

    func disconnected(_ connection: UserConnection, error: RequestFailure?, at now: Moment) {
        if case .connecting = state, connection === connections.opening {
            return settle(
                .failed(error ?? RequestFailure(kind: .closedEarly, message: "closed while connecting")),
                at: now)
        }
        guard connections.forget(connection) else { return }
        // Between requests the end of a connection is no failure.
        guard case .busy = state else {
            if isFreeAfterRead { becomeFree() }
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

    // MARK: Sending

    /// The first read brought tokens sooner than this endpoint can have made them.
    private func isStale(on connection: UserConnection) -> Bool {
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
        owner?.callMoved(to: .connecting)
        state = .connecting(since: SystemTime.now())
        let attempt = UserConnection(
            caller: self, usesTLS: target.connector.tls != nil, scrubber: target.settings.scrubber)
        connections.open(attempt)
        load.open(attempt) { [self] error in
            guard attempt === connections.opening else { return }
            // The handler may know better: a channel that never was active only says that it is closed.
            settle(
                .failed(attempt.error ?? RequestFailure(error, target.settings.scrubber)),
                at: SystemTime.now())
        }
    }

    private func send(on connection: UserConnection) {
        guard let request else { return }
        owner?.callMoved(to: .out)
        state = .busy
        idleSince = connection.idleSince
        let expected = record.number
        connection.send(request) { [self] moment in
            guard record.number == expected, !wasSent else { return }
            wasSent = true
            record.sent = moment
        }
    }

    private func disconnect() {
        for connection in connections.release() { connection.drop() }
    }

    // MARK: Settling

    private func settle(_ status: AnswerReader.Status, at now: Moment) {
        switch status {
        case .goesOn:
            return
        case .complete(let rest):
            finish(nil, at: now)
            leave(behind: rest, at: now)
        case .failed(let failure):
            disconnect()
            finish(failure, at: now)
            becomeFree()
        }
    }

    /// What is done with the connection of a complete answer.
    private func leave(behind rest: AnswerReader.Rest, at now: Moment) {
        switch rest {
        case .reusable:
            connections.current?.idleSince = now
            isFreeAfterRead = true
        case .unfinished:
            guard let connection = connections.setAside() else {
                disconnect()
                return becomeFree()
            }
            isFreeAfterRead = true
            connection.drain(answer.draining)
        case .unasked:
            load.noteUnasked()
            disconnect()
            becomeFree()
        case .over:
            disconnect()
            becomeFree()
        }
    }

    private func becomeFree() {
        isFreeAfterRead = false
        owner?.callerIsFree()
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
        owner?.callMoved(to: .idle)
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
        owner?.callEnded(record)
    }

    private func stopWaiting() {
        isWaiting = false
        load.waiting -= 1
    }
}

extension Double {
    /// Without a needless fraction: "60", "0.5".
    fileprivate var formatted: String { self == rounded() ? "\(Int(clamping: Int64(self)))" : "\(self)" }
}
