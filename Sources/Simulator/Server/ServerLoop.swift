import Measure
import NIOCore

/// All that happens on one event loop: its connections, its paced streams, its part of the truth.
final class ServerLoop {
    /// A paced stream's next token.
    private struct PacedToken {
        var key: StreamKey
        /// When the stream's first token was due, before rounding.
        var first: Moment
        var index: Int
        var total: Int
    }

    /// So that a loop that can't keep up still reads what clients send.
    private static let tokensAtOnce = 512

    let number: Int
    let eventLoop: any EventLoop
    let settings: SimulatorSettings
    let counters: SharedCounters
    private let engine: NIOLoopBound<BatchEngine>?
    private var places: ContiguousArray<Connection?> = []
    private var freePlaces: [Int32] = []
    private var epoch: UInt32 = 0
    private var due = DueHeap<PacedToken>()
    private var timer = LoopTimer()
    private var peak = ConcurrencyPeak()

    var ledger: TruthLedger
    var metrics: ServerMetrics
    var head = HeadWriter()
    var frame = ChunkFrame()
    /// When the last chunk had been written.
    var lastWrite = Moment.zero

    init(
        number: Int, eventLoop: any EventLoop, settings: SimulatorSettings, counters: SharedCounters,
        engine: NIOLoopBound<BatchEngine>?
    ) {
        self.number = number
        self.eventLoop = eventLoop
        self.settings = settings
        self.counters = counters
        self.engine = engine
        ledger = TruthLedger(keptRequests: settings.keptRequests, since: SystemTime.now())
        metrics = ServerMetrics(engines: settings.engines)
    }

    var connections: Int { places.count - freePlaces.count }

    func add(_ connection: Connection) -> Int32 {
        if let place = freePlaces.popLast() {
            places[Int(place)] = connection
            return place
        }
        places.append(connection)
        return Int32(places.count - 1)
    }

    func remove(_ place: Int32) {
        places[Int(place)] = nil
        freePlaces.append(place)
    }

    /// - Parameter request: its number.
    func key(for place: Int32, request: Int) -> StreamKey {
        epoch &+= 1
        return StreamKey(
            loop: Int32(number), connection: place, epoch: epoch,
            engine: Int32(settings.engine(of: request)))
    }

    /// What it has counted, and, where streams are paced, what is under way here.
    var metricsNow: ServerMetrics {
        var metrics = metrics
        guard case .paced = settings.mode else { return metrics }
        for case let answer? in places.lazy.map({ $0?.answer }) where answer.isRunning {
            metrics.load[Int(answer.key.engine)].running += 1
            metrics.load[Int(answer.key.engine)].tokens += answer.truth.promptTokens + answer.made
        }
        return metrics
    }

    func closeAll() {
        for connection in places { connection?.close() }
    }

    /// Has the answer's tokens made, each delivered when it is due.
    func submit(_ answer: Answer) {
        let received = answer.truth.received
        let inFlight = counters.takeOff()
        switch settings.mode {
        case .paced(let model):
            var first = received + model.ttft
            if let step = model.ttftStep, peak.note(inFlight, at: received) >= step.users {
                first = first + step.extra
            }
            if model.ttftJitter > 0 {
                var random = SplitMix64(seed: settings.seed &+ UInt64(answer.number) &* 0x9E37_79B9)
                first = first + Int64(random.unit() * Double(model.ttftJitter))
            }
            due.insert(
                PacedToken(key: answer.key, first: first, index: 0, total: answer.total),
                due: model.due(0, first: first))
            arm()
        case .batching:
            let (key, prompt, output) = (answer.key, answer.truth.promptTokens, answer.total)
            onEngine {
                $0.submit(key, promptTokens: prompt, outputTokens: output, at: received, inFlight: inFlight)
            }
        }
    }

    /// No more tokens are wanted.
    func cancel(_ key: StreamKey) {
        onEngine { $0.cancel(key) }
    }

    private func onEngine(_ work: @escaping @Sendable (BatchEngine) -> Void) {
        guard let engine else { return }
        if engine.eventLoop.inEventLoop {
            work(engine.value)
        } else {
            engine.eventLoop.execute { work(engine.value) }
        }
    }

    func deliver(_ emissions: [BatchEngine.Emission]) {
        for emission in emissions {
            guard let connection = connection(for: emission.id) else { continue }
            connection.answer?.preemptions = emission.preemptions
            connection.token(
                emission.index, meant: emission.meant, admitted: emission.admitted, isLast: emission.isLast)
        }
    }

    private func connection(for key: StreamKey) -> Connection? {
        guard let connection = places[Int(key.connection)], connection.answer?.key == key else { return nil }
        return connection
    }

    private func arm() {
        timer.arm(due.earliest, on: eventLoop) { [weak self] moment in
            guard let self else { return }
            timer.fired(moment)
            sendDue()
        }
    }

    private func sendDue() {
        guard case .paced(let model) = settings.mode else { return }
        var now = SystemTime.now()
        var budget = Self.tokensAtOnce
        while budget > 0, let (moment, token) = due.first(dueBy: now) {
            budget -= 1
            guard let connection = connection(for: token.key) else {
                due.removeFirst()
                continue
            }
            // The heap before the delivery: that may start the connection's next answer.
            var next = token
            next.index += 1
            if next.index < next.total {
                due.replaceFirst(with: next, due: model.due(next.index, first: next.first))
            } else {
                due.removeFirst()
            }
            connection.token(token.index, meant: moment, admitted: nil, isLast: next.index == next.total)
            now = max(now, lastWrite)
        }
        arm()
    }
}

/// Which answer a token is for: a connection of an event loop, and which of its answers.
struct StreamKey: Hashable, Sendable {
    var loop: Int32
    var connection: Int32
    /// Counts the connection's answers, and the users of its place in the table, so that a token that comes
    /// too late finds nobody.
    var epoch: UInt32
    /// Which of the server's engines works on it.
    var engine: Int32
}

/// Calls its owner at the moment last asked for, with as few scheduled tasks as that takes. Lives on one
/// event loop.
struct LoopTimer {
    private var armed: Moment?

    /// Asks for a call at `moment`, if none is coming earlier anyway.
    mutating func arm(_ moment: Moment?, on loop: any EventLoop, call: @escaping (Moment) -> Void) {
        guard let moment else { return }
        if let armed, armed <= moment { return }
        armed = moment
        let deadline = NIODeadline.uptimeNanoseconds(UInt64(max(0, moment.nanoseconds)))
        loop.assumeIsolated().scheduleTask(deadline: deadline) { call(moment) }
    }

    /// A call has come. One that was overtaken by an earlier one is harmless.
    mutating func fired(_ moment: Moment) {
        if armed == moment { armed = nil }
    }
}
