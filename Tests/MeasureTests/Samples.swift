import Measure

extension Distribution {
    /// So many equal values.
    static func constant(_ value: Double, count: Int) -> Distribution {
        Distribution(
            count: count, mean: value, standardDeviation: 0, min: value, max: value, p50: value, p90: value,
            p95: value, p99: value, bins: LogBins())
    }
}

extension LevelResult {
    /// A level of a server with TTFT 50 ms and TPOT 10 ms, about which there is nothing to complain.
    static func sample(
        level: Int = 0, users: Int = 16, throughput: Estimate = Estimate(mean: 1600, halfWidth: 16)
    ) -> LevelResult {
        LevelResult(
            endpoint: EndpointID(0), level: level, load: .users(users), windowStart: .zero,
            windowEnd: .zero + 20 * .second, completed: 500, failed: 2, failures: [.timeout: 2],
            inputTokens: 500 * 128, outputTokens: 500 * 64, windowTokens: 32_000, throughput: throughput,
            requestThroughput: 25, ttft: .constant(50e6, count: 500), tpot: .constant(10e6, count: 500),
            itl: .constant(10e6, count: 31_500), e2e: .constant(680e6, count: 500), tokenSources: [.usage],
            lag: LagSummary(
                timerP50: 0.05e6, timerP99: 0.3e6, readP50: 0, readP99: 0.4e6, sendP50: 0.02e6, sendP99: 0.2e6
            ),
            inputsSaid: 500, cachedSaid: 500, tail: .constant(0.1e6, count: 500),
            occupancy: Occupancy(out: Double(users) * 0.99), bufferedAnswers: 0, refusedCounts: 0,
            stoodStill: 0,
            drift: Estimate(mean: 0.01, halfWidth: 0.02))
    }
}

extension LevelResult {
    /// The sample level, with as many answers and failures evenly over its window, and with what they say of the
    /// budget.
    static func judged(
        _ context: TrustContext, answers: Int = 600, failed: Int = 0, kind: FailureKind = .serverError,
        _ change: (inout LevelResult) -> Void = { _ in }
    ) -> LevelResult {
        var level = sample()
        level.completed = answers
        level.failed = failed
        level.failures = failed > 0 ? [kind: failed] : [:]
        level.ttft = answers > 0 ? .constant(50e6, count: answers) : .empty
        level.tpot = answers > 0 ? .constant(10e6, count: answers) : .empty
        level.e2e = answers > 0 ? .constant(680e6, count: answers) : .empty
        change(&level)
        var samples = LimitSamples(of: context)
        let finished = answers + failed
        for index in 0..<finished {
            let end = level.windowStart + level.duration * Int64(index) / Int64(finished)
            let hasFailed = index * failed / finished != (index + 1) * failed / finished
            let sent = end - 680 * .millisecond
            let first = sent + Nanoseconds(level.ttft.p50.isNaN ? 0 : level.ttft.p50)
            samples?.take(
                RequestRecord(
                    number: UInt32(index + 1), endpoint: level.endpoint, user: 0, turn: 0, intended: sent,
                    sent: sent,
                    first: hasFailed ? nil : first,
                    last: hasFailed ? nil : first + 63 * Nanoseconds(level.tpot.p50), end: end,
                    outputTokens: 64,
                    failure: hasFailed ? RequestFailure(kind: kind, message: "") : nil))
            samples?.take(gap: Nanoseconds(level.itl.p50), at: end)
        }
        level.findings = samples?.findings(on: level) ?? []
        return level.judged(context: context)
    }
}
