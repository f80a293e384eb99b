/// Everything that a session was asked to do. It is recorded: whoever reads a session later takes it from here,
/// and nobody reads it back out of the options' text.
package struct SessionPlan: Hashable, Sendable, Codable {
    /// Of this type's form in recordings; a reader passes over plans that are newer than it is.
    package static let version = 1

    package var version = SessionPlan.version
    package var workload: Workload
    package var sweep: SweepPlan
    /// For the prompts: the same prompts for the same seed.
    package var seed: UInt64
    /// An endpoint's sweep begins when the one before it is over: for engines that share a GPU.
    package var oneAfterAnother: Bool
    package var prices: Prices?

    package init(
        workload: Workload, sweep: SweepPlan, seed: UInt64, oneAfterAnother: Bool = false,
        prices: Prices? = nil
    ) {
        self.workload = workload
        self.sweep = sweep
        self.seed = seed
        self.oneAfterAnother = oneAfterAnother
        self.prices = prices
    }

    package init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        version = try members.decode(Int.self, forKey: .version)
        guard version <= Self.version else {
            throw DecodingError.dataCorruptedError(
                forKey: .version, in: members, debugDescription: "a newer program's plan")
        }
        workload = try members.decode(Workload.self, forKey: .workload)
        sweep = try members.decode(SweepPlan.self, forKey: .sweep)
        seed = try members.decode(UInt64.self, forKey: .seed)
        oneAfterAnother = try members.decodeIfPresent(Bool.self, forKey: .oneAfterAnother) ?? false
        // They change no figure but themselves: the rest of the plan holds without them.
        prices = try? members.decodeIfPresent(Prices.self, forKey: .prices)
    }
}

/// What the requests look like.
package struct Workload: Hashable, Sendable, Codable {
    /// Tokens of each prompt, and of each answer.
    package var inputTokens: Int
    package var outputTokens: Int

    package init(inputTokens: Int, outputTokens: Int) {
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
    }
}
