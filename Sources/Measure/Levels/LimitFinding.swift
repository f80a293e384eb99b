/// What a level says of a budget, or of one of its limits.
package enum BudgetVerdict: String, Hashable, Sendable, Codable {
    case held
    case broken
    /// There were too few samples to be certain.
    case undecided
}

/// What a level says of one limit.
package struct LimitFinding: Hashable, Sendable, Codable {
    package var limit: LatencyBudget.Limit
    package var evidence: LimitEvidence
    /// As it was concluded when the level was measured.
    package var verdict: BudgetVerdict

    package init(limit: LatencyBudget.Limit, evidence: LimitEvidence) {
        self.limit = limit
        self.evidence = evidence
        verdict = evidence.verdict(on: limit)
    }

    /// The measured value over the limit: 2 is twice what is allowed. nil where nothing came.
    package var excess: Double? {
        guard limit.below > 0, let value = evidence.value, value.isFinite else { return nil }
        return value / limit.below
    }
}

extension [LimitFinding] {
    /// Of all limits together.
    package var verdict: BudgetVerdict {
        if contains(where: { $0.verdict == .broken }) { return .broken }
        return contains { $0.verdict == .undecided } ? .undecided : .held
    }

    /// The one that was passed by most.
    package var worst: LimitFinding? {
        filter { $0.verdict == .broken }.max { $0.excess ?? 0 < $1.excess ?? 0 }
    }
}
