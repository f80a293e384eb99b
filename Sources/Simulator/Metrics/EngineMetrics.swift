import Measure

/// What one engine tells of itself: counts since the server began, of the same moments as the truth's. (The truth may
/// be reset between two measurements; a server's counters never are.)
struct EngineMetrics: Hashable, Sendable {
    /// Why requests ended, as vLLM calls it.
    enum Reason: String, CaseIterable {
        case stop, length, abort, error, repetition
    }

    private(set) var ttft = MetricHistogram(MetricHistogram.firstToken)
    private(set) var itl = MetricHistogram(MetricHistogram.tokenGap)
    private(set) var tpot = MetricHistogram(MetricHistogram.tokenGap)
    private(set) var e2e = MetricHistogram(MetricHistogram.request)
    private(set) var queue = MetricHistogram(MetricHistogram.request)
    private(set) var inference = MetricHistogram(MetricHistogram.request)
    private(set) var prefill = MetricHistogram(MetricHistogram.request)
    private(set) var decode = MetricHistogram(MetricHistogram.request)
    private(set) var promptLength = MetricHistogram(MetricHistogram.length)
    private(set) var generationLength = MetricHistogram(MetricHistogram.length)
    private(set) var longest = MetricHistogram(MetricHistogram.length)
    private(set) var maxTokens = MetricHistogram(MetricHistogram.length)
    private(set) var choices = MetricHistogram(MetricHistogram.choices)
    private(set) var prefilled = MetricHistogram(MetricHistogram.length)
    private(set) var preemptionsEach = MetricHistogram(MetricHistogram.preemptions)
    private(set) var stepTokens = MetricHistogram(MetricHistogram.step)
    private(set) var preemptions = 0
    private(set) var generated = 0
    private(set) var computed = 0
    private(set) var cached = 0
    private(set) var finished: [Reason: Int] = [:]

    /// A request's first token: its prompt has been worked through.
    mutating func begin(_ answer: Answer, first: Moment) {
        ttft.record((first - answer.truth.received).inSeconds)
        cached += answer.cachedTokens
        computed += answer.truth.promptTokens - answer.cachedTokens
    }

    /// - Parameter gap: since the chunk before; nil for the first.
    mutating func countChunk(tokens: Int, gap: Nanoseconds?) {
        generated += tokens
        if let gap { itl.record(gap.inSeconds) }
    }

    mutating func countPreemption() { preemptions += 1 }

    /// - Parameter tokens: computed and made.
    mutating func countStep(tokens: Int) { stepTokens.record(Double(tokens)) }

    mutating func end(_ answer: Answer, _ reason: Reason) {
        finished[reason, default: 0] += 1
        let truth = answer.truth
        guard reason == .stop || reason == .length, let admitted = answer.admitted,
            let first = answer.firstMade,
            let last = truth.lastSent
        else { return }
        e2e.record((truth.ended - truth.received).inSeconds)
        queue.record((admitted - truth.received).inSeconds)
        prefill.record((first - admitted).inSeconds)
        decode.record((last - first).inSeconds)
        inference.record((last - admitted).inSeconds)
        // Of one token there is none.
        if answer.total > 1 { tpot.record((last - first).inSeconds / Double(answer.total - 1)) }
        promptLength.record(Double(truth.promptTokens))
        generationLength.record(Double(truth.outputTokens))
        longest.record(Double(truth.outputTokens))
        if let most = answer.maxTokens { maxTokens.record(Double(most)) }
        choices.record(1)
        prefilled.record(Double(truth.promptTokens - answer.cachedTokens))
        preemptionsEach.record(Double(answer.preemptions))
    }

    mutating func add(_ other: EngineMetrics) {
        ttft.add(other.ttft)
        itl.add(other.itl)
        tpot.add(other.tpot)
        e2e.add(other.e2e)
        queue.add(other.queue)
        inference.add(other.inference)
        prefill.add(other.prefill)
        decode.add(other.decode)
        promptLength.add(other.promptLength)
        generationLength.add(other.generationLength)
        longest.add(other.longest)
        maxTokens.add(other.maxTokens)
        choices.add(other.choices)
        prefilled.add(other.prefilled)
        preemptionsEach.add(other.preemptionsEach)
        stepTokens.add(other.stepTokens)
        preemptions += other.preemptions
        generated += other.generated
        computed += other.computed
        cached += other.cached
        finished.merge(other.finished, uniquingKeysWith: +)
    }
}

/// What an engine has under way.
struct EngineLoad: Hashable, Sendable {
    var running = 0
    var waiting = 0
    /// Prompts and answers of those that run.
    var tokens = 0

    mutating func add(_ other: EngineLoad) {
        running += other.running
        waiting += other.waiting
        tokens += other.tokens
    }
}

/// What one event loop's part of the server tells, or all of it.
struct ServerMetrics: Hashable, Sendable {
    /// By the engine's number.
    var engines: [EngineMetrics]
    var load: [EngineLoad]
    /// By route and class of status, as `/v1/completions` and `2xx`.
    var responses: [String: [String: Int]] = [:]

    init(engines: Int) {
        self.engines = [EngineMetrics](repeating: EngineMetrics(), count: engines)
        load = [EngineLoad](repeating: EngineLoad(), count: engines)
    }

    /// What isn't served has no name of its own, as in vLLM: paths are the clients' to choose.
    mutating func countResponse(_ path: String, status: Int) {
        let route = ["/v1/chat/completions", "/v1/completions"].contains(path) ? path : "none"
        responses[route, default: [:]]["\(status / 100)xx", default: 0] += 1
    }

    mutating func add(_ other: ServerMetrics) {
        for place in engines.indices {
            engines[place].add(other.engines[place])
            load[place].add(other.load[place])
        }
        for (route, counts) in other.responses {
            responses[route, default: [:]].merge(counts, uniquingKeysWith: +)
        }
    }
}
