import Measure
import NIOCore

/// One user: arrivals say when the next request is due, the speaker what it says, and the caller carries it out,
/// one at a time. None of the three knows of the others; this is their wiring, and nothing else.
///
/// Confined to its event loop.
final class User: CallOwner {
    let number: UInt32
    private let load: EndpointLoad
    private var arrivals: ClosedLoop
    private var speaker: Speaker
    private let caller: Caller
    private var presence = UserPresence.idle { didSet { load.userMoved(from: oldValue, to: presence) } }
    /// When the next request is due, once the last one has ended.
    private var due: Moment?
    /// Until then.
    private var wait: Scheduled<Void>?
    private var isGone = false

    init(number: UInt32, load: EndpointLoad) {
        self.number = number
        self.load = load
        arrivals = ClosedLoop(requestTimeout: load.target.settings.requestTimeout)
        speaker = Speaker(load.target, user: number)
        caller = Caller(load: load)
        caller.owner = self
    }

    /// Sends a request now, unless one is out already, or has to wait.
    func start() { begin(due: SystemTime.now()) }

    /// Ends whatever is out, at once.
    func leave() {
        isGone = true
        wait?.cancel()
        wait = nil
        caller.leave()
        presence = .idle
    }

    // MARK: From the caller

    func callMoved(to presence: UserPresence) { self.presence = presence }

    func callEnded(_ record: RequestRecord) { due = arrivals.due(after: record.failure, at: record.end) }

    func callerIsFree() {
        guard !isGone, let due else { return }
        guard due > SystemTime.now() else { return goOn(due: due) }
        presence = .waiting
        let deadline = NIODeadline.uptimeNanoseconds(UInt64(clamping: due.nanoseconds))
        wait = load.worker.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { [self] in
            wait = nil
            presence = .idle
            goOn(due: due)
        }
    }

    // MARK: Private

    private func goOn(due: Moment) {
        if load.isRunning { begin(due: due) }
    }

    private func begin(due: Moment) {
        guard !isGone, !caller.isOut, wait == nil else { return }
        self.due = nil
        let number = load.worker.nextRequestNumber()
        let record = RequestRecord(
            number: number, endpoint: load.target.id, user: self.number, turn: speaker.turn, intended: due,
            sent: due, end: due, requestedTokens: load.target.requestedTokens)
        caller.call(speaker.next(number: number, allocator: load.worker.allocator), record)
    }
}
