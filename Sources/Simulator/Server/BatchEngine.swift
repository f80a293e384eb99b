import Measure
import NIOCore

/// Runs the one `BatchScheduler` of a server, on the first event loop.
final class BatchEngine {
    typealias Emission = BatchScheduler<StreamKey>.Emission

    private let eventLoop: any EventLoop
    private let counters: SharedCounters
    private let step: LatencyStep?
    private var scheduler: BatchScheduler<StreamKey>
    private var peak = ConcurrencyPeak()
    private var timer = LoopTimer()
    private var emissions: [Emission] = []
    /// In the order of their numbers; empty once the server has stopped.
    var loops: [NIOLoopBound<ServerLoop>] = []

    init(model: BatchingModel, eventLoop: any EventLoop, counters: SharedCounters) {
        self.eventLoop = eventLoop
        self.counters = counters
        step = model.ttftStep
        scheduler = BatchScheduler(model: model)
    }

    func submit(_ key: StreamKey, promptTokens: Int, outputTokens: Int, at moment: Moment, inFlight: Int) {
        var extra: Nanoseconds = 0
        if let step, peak.note(inFlight, at: moment) >= step.users { extra = step.extra }
        scheduler.submit(
            key, promptTokens: promptTokens, outputTokens: outputTokens, at: moment, extra: extra)
        // Nothing to be sent can be due that was not due before; but an idle engine begins its step now.
        advance(to: moment)
    }

    func cancel(_ key: StreamKey) {
        scheduler.cancel(key)
        publish()
    }

    /// What is under way, by engine.
    func load(engines: Int) -> [EngineLoad] {
        var load = [EngineLoad](repeating: EngineLoad(), count: engines)
        for (key, tokens) in scheduler.held {
            load[Int(key.engine)].running += 1
            load[Int(key.engine)].tokens += tokens
        }
        for key in scheduler.queued { load[Int(key.engine)].waiting += 1 }
        return load
    }

    private func advance(to now: Moment) {
        scheduler.advance(to: now, into: &emissions)
        publish()
        timer.arm(scheduler.next, on: eventLoop) { [weak self] moment in
            guard let self else { return }
            timer.fired(moment)
            advance(to: SystemTime.now())
        }
        guard !emissions.isEmpty else { return }
        // Delivering may submit or cancel, and so come back here.
        var made: [Emission] = []
        swap(&made, &emissions)
        deliver(made)
        if emissions.isEmpty {
            made.removeAll(keepingCapacity: true)
            swap(&made, &emissions)
        }
    }

    private func publish() {
        counters.publish(running: scheduler.running, waiting: scheduler.waiting)
    }

    private func deliver(_ made: [Emission]) {
        guard loops.count > 1 else {
            loops.first?.value.deliver(made)
            return
        }
        // The other loops first: they can send while this one does.
        for (number, loop) in loops.enumerated().dropFirst() {
            let part = made.filter { $0.id.loop == Int32(number) }
            guard !part.isEmpty else { continue }
            loop.eventLoop.execute { loop.value.deliver(part) }
        }
        loops.first?.value.deliver(made.filter { $0.id.loop == 0 })
    }
}
