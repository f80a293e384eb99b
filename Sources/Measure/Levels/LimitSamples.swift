/// The samples of a window by which a budget's limits are judged, and no others.
package struct LimitSamples: Sendable {
    private let limits: [LatencyBudget.Limit]
    /// What a session allows beside its budget; see `TrustContext`.
    private let errorLimit: LatencyBudget.Limit
    private var ttft: TimedSamples?
    private var tpot: TimedSamples?
    private var itl: TimedSamples?
    private var e2e: TimedSamples?
    /// 1 for a request that failed, else 0.
    private var failures = TimedSamples()

    /// nil where there is no budget.
    package init?(of context: TrustContext) {
        guard let budget = context.budget else { return nil }
        limits = budget.limits
        errorLimit = LatencyBudget.Limit(metric: .error, below: context.errorLimit)
        for limit in limits {
            switch limit.metric {
            case .ttft: ttft = TimedSamples()
            case .tpot: tpot = TimedSamples()
            case .itl: itl = TimedSamples()
            case .e2e: e2e = TimedSamples()
            case .error: break
            }
        }
    }

    /// A request that finished in the window, well or not.
    package mutating func take(_ request: RequestRecord) {
        if let failure = request.failure {
            // That nobody is there says nothing about a budget.
            if !failure.kind.meansGone { failures.add(1, at: request.end) }
            return
        }
        failures.add(0, at: request.end)
        if let value = request.timeToFirstToken { ttft?.add(Double(value), at: request.end) }
        if let value = request.timePerOutputToken { tpot?.add(value, at: request.end) }
        if let value = request.endToEndLatency { e2e?.add(Double(value), at: request.end) }
    }

    package mutating func take(gap: Nanoseconds, at moment: Moment) { itl?.add(Double(gap), at: moment) }

    /// One for each of the budget's limits, and one for the session's error limit where it is passed.
    package func findings(on level: LevelResult) -> [LimitFinding] {
        let generations = level.e2e.knownMean.flatMap { $0 > 0 ? Double(level.duration) / $0 : nil }
        func finding(_ limit: LatencyBudget.Limit) -> LimitFinding {
            let evidence =
                samples(of: limit.metric, in: level)?.evidence(
                    on: limit, value: limit.value(in: level), from: level.windowStart, to: level.windowEnd,
                    generations: generations) ?? .none
            return LimitFinding(limit: limit, evidence: evidence)
        }
        let passed = finding(errorLimit)
        let isPassed = passed.verdict == .broken || passed.evidence.value ?? 0 > errorLimit.below
        return limits.map(finding) + (isPassed ? [passed] : [])
    }

    /// nil where the time between tokens is that of a buffer, not of the server.
    private func samples(of metric: LatencyBudget.Metric, in level: LevelResult) -> TimedSamples? {
        switch metric {
        case .ttft: ttft
        case .tpot: level.isBuffered ? nil : tpot
        case .itl: level.isBuffered ? nil : itl
        case .e2e: e2e
        case .error: failures
        }
    }
}
