import Measure

/// Continuous batching as a state machine: who runs in which step, and when each step ends. It knows no
/// clock; all its times follow from the arrivals, so a late caller changes nothing about them.
struct BatchScheduler<ID: Hashable> {
    /// One token that a step made.
    struct Emission {
        var id: ID
        /// From 0.
        var index: Int
        /// The step's end.
        var meant: Moment
        /// When its request's first step began.
        var admitted: Moment
        var isLast: Bool
    }

    private struct Waiting {
        var id: ID
        var promptTokens: Int
        var outputTokens: Int
        var ready: Moment
    }

    private struct Running {
        var id: ID
        var made: Int
        var promptTokens: Int
        var outputTokens: Int
        var admitted: Moment
    }

    let model: BatchingModel
    /// In order of `ready`; before `queueHead` they are gone.
    private var queue: [Waiting] = []
    private var queueHead = 0
    private var batch: [Running] = []
    private var stepEnd: Moment?

    init(model: BatchingModel) {
        self.model = model
        batch.reserveCapacity(min(model.slots, 4_096))
    }

    var running: Int { batch.count }
    var waiting: Int { queue.count - queueHead }

    /// Those that run, with the tokens that they hold.
    var held: [(id: ID, tokens: Int)] { batch.map { ($0.id, $0.promptTokens + $0.made) } }

    var queued: [ID] { queue[queueHead...].map(\.id) }

    /// When something happens next: a step ends or, with nothing running, a request becomes ready.
    var next: Moment? { stepEnd ?? (waiting > 0 ? queue[queueHead].ready : nil) }

    /// A request that arrived at `moment` and waits `extra` longer than the model says. It makes at least
    /// one token.
    mutating func submit(
        _ id: ID, promptTokens: Int, outputTokens: Int, at moment: Moment, extra: Nanoseconds = 0
    ) {
        let waiting = Waiting(
            id: id, promptTokens: max(0, promptTokens), outputTokens: max(1, outputTokens),
            ready: moment + model.overhead + extra)
        var place = queue.count
        while place > queueHead, queue[place - 1].ready > waiting.ready { place -= 1 }
        queue.insert(waiting, at: place)
    }

    /// The client has gone. The running step is not shortened.
    mutating func cancel(_ id: ID) {
        batch.removeAll { $0.id == id }
        if let place = queue[queueHead...].firstIndex(where: { $0.id == id }) { queue.remove(at: place) }
    }

    /// Lets everything happen that is due at `now` or before, and appends the tokens made.
    mutating func advance(to now: Moment, into emissions: inout [Emission]) {
        while let moment = next, moment <= now {
            if stepEnd != nil { finishStep(at: moment, into: &emissions) }
            startStep(at: moment)
        }
    }

    private mutating func finishStep(at end: Moment, into emissions: inout [Emission]) {
        var kept = 0
        for place in batch.indices {
            let isLast = batch[place].made + 1 >= batch[place].outputTokens
            emissions.append(
                Emission(
                    id: batch[place].id, index: batch[place].made, meant: end,
                    admitted: batch[place].admitted, isLast: isLast))
            guard !isLast else { continue }
            batch[place].made += 1
            if kept != place { batch[kept] = batch[place] }
            kept += 1
        }
        batch.removeLast(batch.count - kept)
    }

    private mutating func startStep(at start: Moment) {
        var prefill: Nanoseconds = 0
        while batch.count < model.slots, queueHead < queue.count, queue[queueHead].ready <= start {
            let admitted = queue[queueHead]
            queueHead += 1
            prefill = min(prefill + model.prefillLength(admitted.promptTokens), BatchingModel.longestPrefill)
            batch.append(
                Running(
                    id: admitted.id, made: 0, promptTokens: admitted.promptTokens,
                    outputTokens: admitted.outputTokens, admitted: start))
        }
        if queueHead > 256, queueHead * 2 > queue.count {
            queue.removeFirst(queueHead)
            queueHead = 0
        }
        stepEnd = batch.isEmpty ? nil : start + model.stepLength(batch.count) + prefill
    }
}

extension BatchScheduler.Emission: Sendable where ID: Sendable {}
