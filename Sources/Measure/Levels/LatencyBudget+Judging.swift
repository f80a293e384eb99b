extension LatencyBudget {
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

    /// As one types it: "ttft:p95", "error".
    package var name: String {
        let metric =
            switch self {
            case .ttft: "ttft"
            case .tpot: "tpot"
            case .itl: "itl"
            case .e2e: "e2e"
            case .error: "error"
            }
        return statistic.map { "\(metric):\($0.word)" } ?? metric
    }
}

extension LatencyBudget.Statistic {
    package var word: String {
        switch self {
        case .mean: "mean"
        case .percentile(let percentile): percentile.name
        }
    }
}

extension LatencyBudget.Limit {
    /// What a level measured of it, however few samples there were; nil without any.
    package func value(in level: LevelResult) -> Double? {
        guard let statistic = metric.statistic, let distribution = metric.distribution(of: level) else {
            return level.completed + level.failed > 0 ? level.errorRate : nil
        }
        guard distribution.count > 0 else { return nil }
        let value = distribution.measured(statistic)
        return value.isFinite ? value : nil
    }
}
