extension LatencyBudget {
    /// What a level says of the budget.
    package enum Verdict: Hashable, Sendable {
        case held
        /// The limits that it passed.
        case broken([Limit])
        /// No limit was passed for certain, but one at least can't be told.
        case unknown
    }

    /// The budget against a level's figures. A budget without limits holds.
    package func verdict(on result: LevelResult) -> Verdict {
        let answers = limits.map { ($0, $0.holds(on: result)) }
        let broken = answers.filter { $0.1 == false }.map(\.0)
        if !broken.isEmpty { return .broken(broken) }
        return answers.contains { $0.1 == nil } ? .unknown : .held
    }

    /// Whether a single request kept the budget's limits on TTFT, TPOT and E2E, whichever statistic they name:
    /// what goodput counts. A failed request kept nothing. nil for a cancelled request, and when the budget has
    /// no such limit.
    package func allows(_ request: RequestRecord) -> Bool? {
        guard !request.wasCancelled else { return nil }
        var judged = false
        var kept = request.succeeded
        for limit in limits {
            let value: Double?
            switch limit.metric {
            case .ttft: value = request.timeToFirstToken.map(Double.init)
            case .tpot: value = request.timePerOutputToken
            case .e2e: value = request.endToEndLatency.map(Double.init)
            case .itl, .error: continue
            }
            judged = true
            // An answer of one token has no TPOT, and so can't be too slow at it.
            if let value, value >= limit.below { kept = false }
        }
        return judged ? kept : nil
    }

    /// Whether it has limits that a single request keeps or breaks.
    package var judgesRequests: Bool {
        limits.contains { limit in
            switch limit.metric {
            case .ttft, .tpot, .e2e: true
            case .itl, .error: false
            }
        }
    }

    var limitsTPOT: Bool {
        limits.contains { if case .tpot = $0.metric { true } else { false } }
    }

    /// The most samples that any of the limits needs before it can be told.
    package var samplesNeeded: Int {
        limits.map { limit in
            if case .percentile(let percentile)? = limit.metric.statistic {
                percentile.samplesNeeded
            } else {
                1
            }
        }.max() ?? 0
    }
}

extension LatencyBudget.Metric {
    /// nil for the error rate.
    package var statistic: LatencyBudget.Statistic? {
        switch self {
        case .ttft(let statistic), .tpot(let statistic), .itl(let statistic), .e2e(let statistic): statistic
        case .error: nil
        }
    }

    /// Which of a level's distributions it speaks of; nil for the error rate.
    package func distribution(of result: LevelResult) -> Distribution? {
        switch self {
        case .ttft: result.ttft
        case .tpot: result.tpot
        case .itl: result.itl
        case .e2e: result.e2e
        case .error: nil
        }
    }
}

extension LatencyBudget.Limit {
    /// nil when too few samples came to tell, or when they tell of a buffer on the way. An error rate is taken as it is, however few requests finished.
    package func holds(on result: LevelResult) -> Bool? {
        guard let statistic = metric.statistic, let distribution = metric.distribution(of: result) else {
            guard result.completed + result.failed > 0 else { return nil }
            return result.errorRate < below
        }
        guard distribution.count > 0, !isBlurred(in: result) else { return nil }
        switch statistic {
        case .mean: return distribution.mean < below
        case .percentile(let percentile):
            if let value = distribution.percentile(percentile) { return value < below }
            // Too few samples for this percentile, but where even a lower one is over the limit, or the fastest
            // of all, there is no doubt.
            let lower = Percentile.allCases.filter { $0.rawValue < percentile.rawValue }
            let known = lower.compactMap { distribution.percentile($0) }.max() ?? distribution.min
            return known >= below ? false : nil
        }
    }

    /// The time between tokens is that of a buffer, not of the server.
    private func isBlurred(in result: LevelResult) -> Bool {
        switch metric {
        case .tpot, .itl: result.isBuffered
        case .ttft, .e2e, .error: false
        }
    }

    /// The measured value over the limit, however few samples there were: 2 is twice what is allowed. nil
    /// without any sample.
    package func excess(on result: LevelResult) -> Double? {
        guard below > 0 else { return nil }
        guard let statistic = metric.statistic, let distribution = metric.distribution(of: result) else {
            return result.completed + result.failed > 0 ? result.errorRate / below : nil
        }
        guard distribution.count > 0, !isBlurred(in: result) else { return nil }
        let value: Double
        switch statistic {
        case .mean: value = distribution.mean
        case .percentile(.p50): value = distribution.p50
        case .percentile(.p90): value = distribution.p90
        case .percentile(.p95): value = distribution.p95
        case .percentile(.p99): value = distribution.p99
        }
        return value.isFinite ? value / below : nil
    }
}
