import Measure
import NIOCore

/// One endpoint's users on one event loop. Confined to that loop.
final class EndpointLoad {
    let target: Target
    let worker: LoopWorker
    var inFlight = 0
    var waiting = 0
    /// The server closes connections after its answers, whatever it says: don't try to use one again.
    var closesAfterAnswers = false
    var shortCounts = ShortCounts()
    var quickest = QuickestAnswer()
    private(set) var isRunning = true
    private var users: [User] = []
    private var clock = UserClock(at: SystemTime.now())
    /// Users that are to start; a few at a time, so that a thousand connections don't knock at once.
    private var toStart: ArraySlice<User> = []

    private static let startsAtOnce = 32
    private static let startPause = TimeAmount.milliseconds(5)

    init(target: Target, worker: LoopWorker) {
        self.target = target
        self.worker = worker
    }

    func activity(at now: Moment) -> LoopActivity {
        LoopActivity(
            endpoint: target.id, users: users.count, inFlight: inFlight, waiting: waiting,
            times: clock.times(at: now))
    }

    /// Keeps account of how long users are out, connecting and waiting.
    func userMoved(from former: UserPresence, to presence: UserPresence) {
        clock.move(from: former, to: presence, at: SystemTime.now())
    }

    /// Holds users with exactly these numbers. Those taken away end what they are at.
    func setUsers(_ numbers: [UInt32]) {
        let wanted = Set(numbers)
        for user in users where !wanted.contains(user.number) { user.leave() }
        users.removeAll { !wanted.contains($0.number) }
        let present = Set(users.map(\.number))
        let added = numbers.filter { !present.contains($0) }.map { User(number: $0, load: self) }
        users += added
        let wasStarting = !toStart.isEmpty
        toStart = (toStart.filter { wanted.contains($0.number) } + added)[...]
        if !wasStarting { startSome() }
    }

    /// A server that sends what nobody asked for might send it as the next answer: no connection is trusted
    /// with a second request any more.
    func noteUnasked() { closesAfterAnswers = true }

    func pause() { isRunning = false }

    func resume() {
        guard !isRunning else { return }
        isRunning = true
        for user in users { user.start() }
    }

    func open(_ attempt: UserConnection, failed: @escaping (any Error) -> Void) {
        let connection = NIOLoopBound(attempt, eventLoop: worker.eventLoop)
        target.connector.open(on: worker.eventLoop, within: target.settings.connectTimeout) {
            connection.value
        }
        .assumeIsolated()
        .whenFailure(failed)
    }

    private func startSome() {
        guard isRunning || toStart.isEmpty else {
            // Paused meanwhile: `resume` starts all.
            toStart = []
            return
        }
        for user in toStart.prefix(Self.startsAtOnce) { user.start() }
        toStart = toStart.dropFirst(Self.startsAtOnce)
        guard !toStart.isEmpty else { return }
        worker.eventLoop.assumeIsolated().scheduleTask(in: Self.startPause) { [self] in startSome() }
    }
}

/// Answers of one endpoint whose server counted one token fewer than there were chunks. Now and then that is a
/// last chunk without a token of its own; where it repeats, the server can't count.
struct ShortCounts {
    private var answers = 0
    private var short = 0

    private static let least = 3

    /// Takes one answer; true where such a count is not to be believed any more.
    mutating func repeats(with isShort: Bool) -> Bool {
        answers += 1
        if isShort { short += 1 }
        return isShort && short >= Self.least && 2 * short > answers
    }
}

/// The quickest first token that an endpoint has been seen to give. One that comes in a small part of that time
/// was not generated for the request that had only just left: it is the rest of something older.
struct QuickestAnswer {
    private var answers = 0
    private var quickest = Nanoseconds.max

    /// Before so many answers nothing is known of an endpoint.
    private static let least = 3
    private static let part: Nanoseconds = 20
    /// Whatever takes longer may have been generated.
    private static let most = Nanoseconds.millisecond

    mutating func note(_ timeToFirstToken: Nanoseconds) {
        answers += 1
        quickest = min(quickest, timeToFirstToken)
    }

    func isTooQuick(_ timeToFirstToken: Nanoseconds) -> Bool {
        answers >= Self.least && timeToFirstToken < min(Self.most, quickest / Self.part)
    }
}
