/// Everything that a session was asked to do. It is recorded: whoever reads a session later takes it from here,
/// and nobody reads it back out of the options' text.
public struct SessionPlan: Hashable, Sendable, Codable {
    /// Of this type's form in recordings; a reader passes over plans that are newer than it is.
    public static let version = 1

    public var version = SessionPlan.version
    public var workload: Workload
    public var sweep: SweepPlan
    /// For the prompts: the same prompts for the same seed.
    public var seed: UInt64

    public init(workload: Workload, sweep: SweepPlan, seed: UInt64) {
        self.workload = workload
        self.sweep = sweep
        self.seed = seed
    }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        version = try members.decode(Int.self, forKey: .version)
        guard version <= Self.version else {
            throw DecodingError.dataCorruptedError(
                forKey: .version, in: members, debugDescription: "a newer program's plan")
        }
        workload = try members.decode(Workload.self, forKey: .workload)
        sweep = try members.decode(SweepPlan.self, forKey: .sweep)
        seed = try members.decode(UInt64.self, forKey: .seed)
    }
}

/// What the requests look like.
public struct Workload: Hashable, Sendable, Codable {
    /// Tokens of each prompt, and of each answer.
    public var inputTokens: Int
    public var outputTokens: Int

    public init(inputTokens: Int, outputTokens: Int) {
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
    }
}
