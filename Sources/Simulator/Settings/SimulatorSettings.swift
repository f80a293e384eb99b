package import Measure

/// What the simulated server is.
package struct SimulatorSettings: Hashable, Sendable, Codable {
    package enum Mode: Hashable, Sendable, Codable {
        case batching(BatchingModel)
        case paced(PacedModel)
    }

    /// When the role chunk of a chat answer is sent.
    package enum RoleChunk: String, Hashable, Sendable, Codable {
        /// Just before the first token, as vLLM does.
        case withFirstToken
        /// As soon as the request is read: the trap for clients that take it for a token.
        case early
    }

    /// The model's name; a request may also ask for `fault:KIND` or `fault:KIND:PROBABILITY`.
    package var model: String
    package var mode: Mode
    /// Everything that is left to chance comes from this.
    package var seed: UInt64
    /// Refuse with 401 whoever does not send it as a bearer token.
    package var requiredKey: String?
    package var roleChunk: RoleChunk
    /// Close the connection after each streamed answer without saying so, as llama-server does.
    package var closesAfterStream: Bool
    /// Fields that are refused with 400: `stream_options`, `continuous_usage_stats`, `ignore_eos`,
    /// `min_tokens` or any other.
    package var refusedFields: Set<String>
    /// The range of lengths at which answers end by themselves; nil: they always reach `max_tokens`.
    package var naturalLength: ClosedRange<Int>?
    /// Prompt and answer together; longer requests are refused with 400.
    package var contextLength: Int
    /// Answers' length when the request names none.
    package var defaultOutputTokens: Int
    /// A fault for requests that name none by their model, and for how many of them.
    package var fault: FaultChoice?
    /// For faults that wait; nil: each has its own.
    package var faultTime: Nanoseconds?
    /// Between two bytes of the slow drip.
    package var dripInterval: Nanoseconds
    /// Keep the time of every token, not just of the first and the last.
    package var keepsTokenTimes: Bool
    /// The truth keeps at least this many of the newest finished requests.
    package var keptRequests: Int
    /// Data-parallel engines that its page of metrics tells of: requests go to each in turn. (They share the batch.)
    package var engines: Int
    /// The last of them gets as many requests as all others together.
    package var isLopsided: Bool
    /// Tokens that its KV cache holds, for all engines together; nil: 4096 for each slot, and a context's length. Where
    /// they aren't enough, requests wait, and give up their places.
    package var kvTokens: Int?

    package init(
        model: String = "simulated-8b", mode: Mode = .batching(BatchingModel()), seed: UInt64 = 1,
        requiredKey: String? = nil, roleChunk: RoleChunk = .withFirstToken, closesAfterStream: Bool = false,
        refusedFields: Set<String> = [], naturalLength: ClosedRange<Int>? = nil,
        contextLength: Int = 131_072, defaultOutputTokens: Int = 128, fault: FaultChoice? = nil,
        faultTime: Nanoseconds? = nil, dripInterval: Nanoseconds = .second, keepsTokenTimes: Bool = false,
        keptRequests: Int = 20_000, engines: Int = 1, isLopsided: Bool = false, kvTokens: Int? = nil
    ) {
        self.model = model
        self.mode = mode
        self.seed = seed
        self.requiredKey = requiredKey
        self.roleChunk = roleChunk
        self.closesAfterStream = closesAfterStream
        self.refusedFields = refusedFields
        self.naturalLength = naturalLength
        self.contextLength = contextLength
        self.defaultOutputTokens = defaultOutputTokens
        self.fault = fault
        self.faultTime = faultTime
        self.dripInterval = dripInterval
        self.keepsTokenTimes = keepsTokenTimes
        self.keptRequests = keptRequests
        self.engines = engines
        self.isLopsided = isLopsided
        self.kvTokens = kvTokens
    }

    /// Tokens that fit the KV cache.
    var kvCapacity: Int {
        if let kvTokens { return kvTokens }
        guard case .batching(let model) = mode else { return 1 << 20 }
        return max(model.slots * 4_096, contextLength)
    }

    /// Which engine has a request.
    ///
    /// - Parameter number: the request's, from 1.
    func engine(of number: Int) -> Int {
        guard isLopsided, engines > 1 else { return (number - 1) % engines }
        return number.isMultiple(of: 2) ? engines - 1 : (number - 1) / 2 % (engines - 1)
    }

    /// Output tokens/s in the steady state; what a measurement is held against.
    package func analyticThroughput(users: Int, inputTokens: Int, outputTokens: Int) -> Double {
        switch mode {
        case .batching(let model):
            model.analyticThroughput(users: users, inputTokens: inputTokens, outputTokens: outputTokens)
        case .paced(let model):
            model.analyticThroughput(users: users, outputTokens: outputTokens)
        }
    }

    /// The most tokens/s that any number of users gets; nil when there is no limit.
    package func ceiling(inputTokens: Int, outputTokens: Int) -> Double? {
        guard case .batching(let model) = mode else { return nil }
        return model.ceiling(inputTokens: inputTokens, outputTokens: outputTokens)
    }
}

extension SimulatorSettings {
    /// - Throws: the first thing that makes no sense.
    package func validate() throws(SimulatorError) {
        try require(!model.isEmpty, "model", "is empty")
        try require(
            contextLength >= 1 && contextLength <= 1 << 24, "contextLength", "is not from 1 to 16777216")
        try require(
            (1...contextLength).contains(defaultOutputTokens), "defaultOutputTokens",
            "is not from 1 to the context length")
        try require(dripInterval >= .millisecond, "dripInterval", "is below 1 ms")
        try require(keptRequests >= 0, "keptRequests", "is negative")
        try require((1...64).contains(engines), "engines", "is not from 1 to 64")
        try require(
            kvTokens.map { (engines...1 << 40).contains($0) } ?? true, "kvTokens",
            "is not from one for each engine to 1099511627776")
        if let naturalLength {
            try require(naturalLength.lowerBound >= 1, "naturalLength", "starts below 1 token")
        }
        if let fault {
            try require((0...1).contains(fault.probability), "fault", "has a probability outside 0 to 1")
        }
        if let faultTime {
            try require(faultTime >= 0 && faultTime <= .hour, "faultTime", "is not from 0 to 1 h")
        }
        switch mode {
        case .batching(let model): try validate(model)
        case .paced(let model): try validate(model)
        }
    }

    private func validate(_ model: BatchingModel) throws(SimulatorError) {
        try require((1...1_000_000).contains(model.slots), "slots", "is not from 1 to 1000000")
        try require(model.stepBase >= 0 && model.stepBase <= .hour, "stepBase", "is not from 0 to 1 h")
        try require(
            model.stepPerSequence >= 0 && model.stepPerSequence <= .second, "stepPerSequence",
            "is not from 0 to 1 s")
        try require(
            model.stepPerPair >= 0 && model.stepPerPair <= .millisecond, "stepPerPair",
            "is not from 0 to 1 ms")
        // A step that takes no time would never let the event loop go.
        try require(model.stepLength(1) >= 10 * .microsecond, "stepBase", "makes a step shorter than 10 µs")
        // What a step can take must fit the clock, and the schedule that is made of such steps, too.
        try require(
            model.stepLength(model.slots) <= .hour, "slots", "makes a full batch's step longer than 1 h")
        try require(
            model.prefillRate >= 1 && model.prefillRate <= 1e12, "prefillRate",
            "is not from 1 to 1000000000000 tokens/s")
        try require(model.overhead >= 0 && model.overhead <= .hour, "overhead", "is not from 0 to 1 h")
        try validate(model.ttftStep)
    }

    private func validate(_ model: PacedModel) throws(SimulatorError) {
        try require(model.ttft >= 0 && model.ttft <= .hour, "ttft", "is not from 0 to 1 h")
        try require(model.tpot >= 0 && model.tpot <= .hour, "tpot", "is not from 0 to 1 h")
        try require(model.ttftJitter >= 0 && model.ttftJitter <= .hour, "ttftJitter", "is not from 0 to 1 h")
        try require(model.tick >= 0 && model.tick <= .second, "tick", "is not from 0 to 1 s")
        try validate(model.ttftStep)
    }

    private func validate(_ step: LatencyStep?) throws(SimulatorError) {
        guard let step else { return }
        try require(step.users >= 1, "ttftStep", "starts below 1 user")
        try require(step.extra >= 0 && step.extra <= .hour, "ttftStep", "is not from 0 to 1 h")
    }

    private func require(
        _ holds: Bool, _ setting: String, _ problem: String
    ) throws(SimulatorError) {
        if !holds { throw .invalidSetting(name: setting, problem: problem) }
    }
}

extension Nanoseconds {
    fileprivate static let hour: Nanoseconds = 3_600 * .second
}
