import Measure

extension SessionInfo {
    /// What the options of the first recordings say of the plan: those had no other. nil where there are none, or
    /// they make no sense.
    var planOfOptions: SessionPlan? {
        guard let dwell = options["dwell"].flatMap(Nanoseconds.init(parsing:)),
            let input = options["input-tokens"].flatMap({ Int($0) }),
            let output = options["output-tokens"].flatMap({ Int($0) }), input > 0, output > 0
        else { return nil }
        let users = options["users"]?.split(separator: ",").compactMap { Int($0) } ?? []
        return SessionPlan(
            workload: Workload(inputTokens: input, outputTokens: output),
            sweep: SweepPlan(
                levels: users.isEmpty ? .automatic(limit: 1024) : .list(users), dwell: dwell,
                warmUp: options["warmup"].flatMap(Nanoseconds.init(parsing:)) ?? 2 * .second,
                shortestDwell: dwell / 2, longestDwell: 2 * dwell,
                errorLimit: options["max-error-rate"].flatMap(Self.share) ?? 0.05,
                budget: options["budget"].flatMap { try? LatencyBudget(parsing: $0) }),
            seed: seed)
    }

    /// `5%` or `0.05`.
    private static func share(_ text: String) -> Double? {
        let share = text.hasSuffix("%") ? Double(text.dropLast()).map { $0 / 100 } : Double(text)
        return share.flatMap { (0...1).contains($0) ? $0 : nil }
    }
}
