import Measure
import NIOCore

/// What connections may ask of the server as a whole. One for each event loop.
final class ServerRoom {
    private let eventLoop: any EventLoop
    private let settings: SimulatorSettings
    private let counters: SharedCounters
    private let engine: NIOLoopBound<BatchEngine>?
    /// Empty once the server has stopped.
    var loops: [NIOLoopBound<ServerLoop>] = []

    init(
        eventLoop: any EventLoop, settings: SimulatorSettings, counters: SharedCounters,
        engine: NIOLoopBound<BatchEngine>?
    ) {
        self.eventLoop = eventLoop
        self.settings = settings
        self.counters = counters
        self.engine = engine
    }

    /// The page of metrics.
    func page() -> EventLoopFuture<String> {
        let parts = loops.map { loop in loop.eventLoop.submit { loop.value.metricsNow } }
        let (settings, startedAt) = (settings, counters.startedAt)
        let batch = engine.map { engine in engine.eventLoop.submit { engine.value.metricsNow } }
        let all = parts + [batch].compactMap(\.self)
        return EventLoopFuture.whenAllSucceed(all, on: eventLoop).map { parts in
            var metrics = ServerMetrics(engines: settings.engines)
            for part in parts { metrics.add(part) }
            return VLLMPage(metrics, settings: settings, startedAt: startedAt).text
        }
    }

    /// The truth of all event loops together.
    func gather(keepingRequests: Bool) -> EventLoopFuture<SimulatorTruth> {
        let parts = loops.map { loop in
            loop.eventLoop.submit {
                (ledger: loop.value.ledger, connections: loop.value.connections)
            }
        }
        let (settings, counters) = (settings, counters)
        return EventLoopFuture.whenAllSucceed(parts, on: eventLoop).map { parts in
            Self.truth(
                ledgers: parts.map(\.ledger), connections: parts.reduce(0) { $0 + $1.connections },
                settings: settings, counters: counters, keepingRequests: keepingRequests)
        }
    }

    /// Starts the counting anew. Answers under way count from their next token.
    func reset() -> EventLoopFuture<Void> {
        let now = SystemTime.now()
        let parts = loops.map { loop in loop.eventLoop.submit { loop.value.ledger.reset(at: now) } }
        return EventLoopFuture.andAllSucceed(parts, on: eventLoop)
    }

    private static func truth(
        ledgers: [TruthLedger], connections: Int, settings: SimulatorSettings, counters: SharedCounters,
        keepingRequests: Bool
    ) -> SimulatorTruth {
        var settings = settings
        settings.requiredKey = nil
        var sum = ledgers.first ?? TruthLedger(keptRequests: 0, since: SystemTime.now())
        for ledger in ledgers.dropFirst() { sum.add(ledger) }
        let totals = sum.totals
        let isBatching = if case .batching = settings.mode { true } else { false }
        var requests = keepingRequests ? sum.requests : []
        if ledgers.count > 1 { requests.sort { $0.ended < $1.ended } }
        return SimulatorTruth(
            settings: settings, takenAt: SystemTime.now(), since: sum.since, totals: totals,
            running: isBatching ? counters.running : counters.inFlight, waiting: counters.waiting,
            connections: connections, lag: sum.lag.summary,
            ceiling: totals.finished > 0
                ? settings.ceiling(
                    inputTokens: totals.finishedPromptTokens / totals.finished,
                    outputTokens: totals.finishedOutputTokens / totals.finished) : nil, requests: requests)
    }
}
