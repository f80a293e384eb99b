import Measure

/// Continuous batching as a state machine: who runs in which step, and when each step ends. It knows no
/// clock; all its times follow from the arrivals, so a late caller changes nothing about them.
///
/// As vLLM does it: a request begins when the KV cache has room for its prompt, and each token takes a place more. Where
/// there is none left, whoever began last gives up its own: it goes back to the head of the queue, and all that it had
/// is computed again.
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
        /// Tokens that were computed for it before: the prompt, and what a preemption had lost.
        var computed: Int
        /// How often its request gave up its place so far.
        var preemptions: Int
    }

    private struct Request {
        var id: ID
        var promptTokens: Int
        var outputTokens: Int
        var ready: Moment
        /// Tokens made so far.
        var made = 0
        var admitted: Moment?
        /// In the step that runs.
        var computed = 0
        var preemptions = 0

        var tokens: Int { promptTokens + made }
    }

    let model: BatchingModel
    private let kvCapacity: Int
    /// In order of `ready`; before `queueHead` they are gone.
    private var queue: [Request] = []
    private var queueHead = 0
    /// In the order in which they began.
    private var batch: [Request] = []
    /// Tokens that those hold.
    private var kvTokens = 0
    private var stepEnd: Moment?
    /// Those that gave up their places, each time; to be taken away by whoever counts them.
    var preempted: [ID] = []

    /// - Parameter kvCapacity: in tokens. A request that is larger runs alone.
    init(model: BatchingModel, kvCapacity: Int = .max) {
        self.model = model
        self.kvCapacity = kvCapacity
        batch.reserveCapacity(min(model.slots, 4_096))
    }

    var running: Int { batch.count }
    var waiting: Int { queue.count - queueHead }

    /// Those that run, with the tokens that they hold.
    var held: [(id: ID, tokens: Int)] { batch.map { ($0.id, $0.tokens) } }

    var queued: [ID] { queue[queueHead...].map(\.id) }

    /// When something happens next: a step ends or, with nothing running, a request becomes ready.
    var next: Moment? { stepEnd ?? (waiting > 0 ? queue[queueHead].ready : nil) }

    /// A request that arrived at `moment` and waits `extra` longer than the model says. It makes at least
    /// one token.
    mutating func submit(
        _ id: ID, promptTokens: Int, outputTokens: Int, at moment: Moment, extra: Nanoseconds = 0
    ) {
        let waiting = Request(
            id: id, promptTokens: max(0, promptTokens), outputTokens: max(1, outputTokens),
            ready: moment + model.overhead + extra)
        var place = queue.count
        while place > queueHead, queue[place - 1].ready > waiting.ready { place -= 1 }
        queue.insert(waiting, at: place)
    }

    /// The client has gone. The running step is not shortened.
    mutating func cancel(_ id: ID) {
        if let place = batch.firstIndex(where: { $0.id == id }) { kvTokens -= batch.remove(at: place).tokens }
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
            let request = batch[place]
            let isLast = request.made + 1 >= request.outputTokens
            emissions.append(
                Emission(
                    id: request.id, index: request.made, meant: end, admitted: request.admitted ?? end,
                    isLast: isLast, computed: request.computed, preemptions: request.preemptions))
            guard !isLast else {
                kvTokens -= request.tokens
                continue
            }
            batch[place].made += 1
            batch[place].computed = 0
            kvTokens += 1
            if kept != place { batch[kept] = batch[place] }
            kept += 1
        }
        batch.removeLast(batch.count - kept)
    }

    private mutating func startStep(at start: Moment) {
        let hasRoom = makeRoom()
        var prefill: Nanoseconds = 0
        while hasRoom, let tokens = admissible(at: start) {
            var admitted = queue[queueHead]
            queueHead += 1
            admitted.admitted = admitted.admitted ?? start
            admitted.computed = tokens
            kvTokens += tokens
            prefill = min(prefill + model.prefillLength(tokens), BatchingModel.longestPrefill)
            batch.append(admitted)
        }
        if queueHead > 256, queueHead * 2 > queue.count {
            queue.removeFirst(queueHead)
            queueHead = 0
        }
        stepEnd = batch.isEmpty ? nil : start + model.stepLength(batch.count) + prefill
    }

    /// For the token that each makes in the next step.
    ///
    /// - Returns: whether there was enough; else nobody else begins.
    private mutating func makeRoom() -> Bool {
        guard kvTokens + batch.count > kvCapacity, batch.count > 1 else { return true }
        while kvTokens + batch.count > kvCapacity, batch.count > 1 {
            var last = batch.removeLast()
            kvTokens -= last.tokens
            last.preemptions += 1
            preempted.append(last.id)
            if queueHead > 0 {
                queueHead -= 1
                queue[queueHead] = last
            } else {
                queue.insert(last, at: 0)
            }
        }
        return false
    }

    /// What the first in the queue needs; nil where it doesn't get it yet, or there is nobody.
    private func admissible(at start: Moment) -> Int? {
        guard batch.count < model.slots, queueHead < queue.count, queue[queueHead].ready <= start else {
            return nil
        }
        let tokens = queue[queueHead].tokens
        // With a token for each in this step.
        guard batch.isEmpty || kvTokens + tokens + batch.count + 1 <= kvCapacity else { return nil }
        return tokens
    }
}

extension BatchScheduler.Emission: Sendable where ID: Sendable {}
