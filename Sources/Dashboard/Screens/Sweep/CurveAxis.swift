import Measure

/// Which latency the curve shows over throughput.
enum CurveAxis: Hashable, Sendable, CaseIterable {
    case endToEnd, ttft, tpot

    /// The first that the budget limits, so that its line is on the curve; E2E without any.
    init(for budget: LatencyBudget?) {
        self = Self.allCases.first { $0.limit(in: budget) != nil } ?? .endToEnd
    }

    var next: CurveAxis {
        switch self {
        case .endToEnd: .ttft
        case .ttft: .tpot
        case .tpot: .endToEnd
        }
    }

    private var name: String {
        switch self {
        case .endToEnd: "E2E"
        case .ttft: "TTFT"
        case .tpot: "TPOT"
        }
    }

    /// "p95 TTFT".
    func title(in budget: LatencyBudget?) -> String { "\(statistic(in: budget).word) \(name)" }

    /// The p95, or what the budget limits of this figure.
    func statistic(in budget: LatencyBudget?) -> LatencyBudget.Statistic {
        limit(in: budget)?.metric.statistic ?? .percentile(.p95)
    }

    func distribution(of level: LevelResult) -> Distribution {
        switch self {
        case .endToEnd: level.e2e
        case .ttft: level.ttft
        case .tpot: level.tpot
        }
    }

    /// The budget's limit on this figure: that on its p95 where there are several.
    func limit(in budget: LatencyBudget?) -> LatencyBudget.Limit? {
        let limits = (budget?.limits ?? []).filter { limit in
            switch (self, limit.metric) {
            case (.endToEnd, .e2e), (.ttft, .ttft), (.tpot, .tpot): true
            default: false
            }
        }
        return limits.first { $0.metric.statistic == .percentile(.p95) } ?? limits.first
    }
}
