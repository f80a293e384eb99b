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

    var name: String {
        switch self {
        case .endToEnd: "E2E"
        case .ttft: "TTFT"
        case .tpot: "TPOT"
        }
    }

    func distribution(of level: LevelResult) -> Distribution {
        switch self {
        case .endToEnd: level.e2e
        case .ttft: level.ttft
        case .tpot: level.tpot
        }
    }

    /// The budget's limit on this figure's p95, in nanoseconds.
    func limit(in budget: LatencyBudget?) -> Double? {
        budget?.limits.first { limit in
            switch (self, limit.metric) {
            case (.endToEnd, .e2e(.percentile(.p95))), (.ttft, .ttft(.percentile(.p95))),
                (.tpot, .tpot(.percentile(.p95))):
                true
            default: false
            }
        }?.below
    }
}
