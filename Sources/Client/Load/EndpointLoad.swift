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
