import Measure
import NIOCore

/// Runs the one `BatchScheduler` of a server, on the first event loop.
final class BatchEngine {
    typealias Emission = BatchScheduler<StreamKey>.Emission

    private let eventLoop: any EventLoop
    private let counters: SharedCounters
    private let step: LatencyStep?
    private var scheduler: BatchScheduler<StreamKey>
    /// Counted by the batch: the rest is by those who send.
    private var metrics: ServerMetrics
    private var peak = ConcurrencyPeak()
    private var timer = LoopTimer()
    private var emissions: [Emission] = []
    /// In the order of their numbers; empty once the server has stopped.
    var loops: [NIOLoopBound<ServerLoop>] = []

    init(
        model: BatchingModel, settings: SimulatorSettings, eventLoop: any EventLoop, counters: SharedCounters
    ) {
        self.eventLoop = eventLoop
        self.counters = counters
        step = model.ttftStep
        scheduler = BatchScheduler(model: model, kvCapacity: settings.kvCapacity)
        metrics = ServerMetrics(engines: settings.engines)
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

    /// What it has counted, and what is under way.
    var metricsNow: ServerMetrics {
        var metrics = metrics
        for (key, tokens) in scheduler.held {
            metrics.load[Int(key.engine)].running += 1
            metrics.load[Int(key.engine)].tokens += tokens
        }
        for key in scheduler.queued { metrics.load[Int(key.engine)].waiting += 1 }
        return metrics
    }

    /// - Parameter emissions: of whole steps.
    private func count(_ emissions: ArraySlice<Emission>) {
        for key in scheduler.preempted { metrics.engines[Int(key.engine)].countPreemption() }
        scheduler.preempted.removeAll(keepingCapacity: true)
        var rest = emissions
        while let end = rest.first?.meant {
            let step = rest.prefix { $0.meant == end }
            for engine in metrics.engines.indices {
                let own = step.lazy.filter { $0.id.engine == Int32(engine) }
                let tokens = own.reduce(0) { $0 + 1 + $1.computed }
                if tokens > 0 { metrics.engines[engine].countStep(tokens: tokens) }
            }
            rest = rest.dropFirst(step.count)
        }
    }

    private func advance(to now: Moment) {
        let before = emissions.count
        scheduler.advance(to: now, into: &emissions)
        count(emissions[before...])
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
