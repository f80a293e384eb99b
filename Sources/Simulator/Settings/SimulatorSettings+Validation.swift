import Measure

extension SimulatorSettings {
    /// Throws the first thing that makes no sense.
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
