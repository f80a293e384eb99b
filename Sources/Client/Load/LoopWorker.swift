import Measure
import NIOCore
import Synchronization
import System

/// Everything that one event loop keeps: its endpoints' users, and the samples of the batch that is being
/// filled. Confined to its loop.
final class LoopWorker {
    let eventLoop: any EventLoop
    let allocator = ByteBufferAllocator()
    var arrivals: [TokenArrival] = []
    var requests: [RequestRecord] = []
    let probes: ReadProbes

    private let number: UInt16
    private let counter: RequestCounter
    private let deliver: @Sendable (SampleBatch) -> Void
    private var loads: [EndpointLoad] = []
    private var timerLags: [Nanoseconds] = []
    private var isStopped = false

    private var standstill: Standstill?
    private var processCPU: Nanoseconds = 0

    private static let batchPeriod = 100 * Nanoseconds.millisecond
    /// A hundred a second: a p99 from the first second on.
    private static let tickPeriod = 10 * Nanoseconds.millisecond

    init(
        eventLoop: any EventLoop, number: UInt16, counter: RequestCounter,
        deliver: @escaping @Sendable (SampleBatch) -> Void
    ) {
        self.eventLoop = eventLoop
        self.number = number
        self.counter = counter
        self.deliver = deliver
        probes = ReadProbes(afterRound: { eventLoop.assumeIsolated().execute($0) }, seed: UInt64(number))
    }

    func start() {
        processCPU = Clocks.processCPU()
        tick(due: SystemTime.now() + Self.tickPeriod, batchDue: SystemTime.now() + Self.batchPeriod)
    }

    /// Ends all users and hands over what is left.
    func stop() {
        guard !isStopped else { return }
        isStopped = true
        for load in loads { load.setUsers([]) }
        handOver()
    }

    func add(_ target: Target) { loads.append(EndpointLoad(target: target, worker: self)) }

    func load(_ endpoint: EndpointID) -> EndpointLoad? { loads.first { $0.target.id == endpoint } }

    func nextRequestNumber() -> UInt32 { counter.next() }

    /// The loop's own timer: how late it is noticed is how long the loop had no processor, or was busy with
    /// something else than reading.
    private func tick(due: Moment, batchDue: Moment) {
        let deadline = NIODeadline.uptimeNanoseconds(UInt64(clamping: due.nanoseconds))
        probes.expect(tickAt: due)
        eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { [self] in
            guard !isStopped else { return }
            let now = SystemTime.now()
            timerLags.append(max(0, probes.noticed(tickAt: now) - due))
            noteStandstill(due: due, now: now)
            var nextBatch = batchDue
            if now >= batchDue {
                handOver()
                nextBatch = max(batchDue + Self.batchPeriod, now)
            }
            // Ticks that were missed are not made up for.
            let missed = max(0, (now - due) / Self.tickPeriod)
            tick(due: due + (missed + 1) * Self.tickPeriod, batchDue: nextBatch)
        }
    }

    private func noteStandstill(due: Moment, now: Moment) {
        let used = Clocks.processCPU()
        if now - due > Standstill.least {
            standstill = Standstill(from: due, to: now, processCPU: used - processCPU)
        }
        processCPU = used
    }

    private func handOver() {
        let now = SystemTime.now()
        let batch = SampleBatch(
            loop: number, upTo: now, arrivals: arrivals, requests: requests, timerLags: timerLags,
            readLags: probes.lags, readLagChanges: probes.changes,
            activity: loads.map { $0.activity(at: now) },
            vitals: LoopVitals(
                threadCPU: Clocks.threadCPU(), suspended: Clocks.suspended(), standstill: standstill))
        // New arrays of the last batch's size: the old ones now belong to the batch.
        let count = arrivals.count
        arrivals = []
        arrivals.reserveCapacity(count + count / 4)
        requests = []
        timerLags = []
        probes.handedOver()
        standstill = nil
        deliver(batch)
    }
}

/// Numbers requests across all loops, from 1.
final class RequestCounter: Sendable {
    private let value = Atomic<UInt32>(0)

    func next() -> UInt32 { value.add(1, ordering: .relaxed).newValue }
}
