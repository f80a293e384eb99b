/// How certain the figures are that a budget limits; empty for all others.
extension LevelResult {
    static let intervalColumnNames = [
        "ttft_mean_low_ms", "ttft_mean_high_ms", "ttft_p50_low_ms", "ttft_p50_high_ms", "ttft_p90_low_ms",
        "ttft_p90_high_ms", "ttft_p95_low_ms", "ttft_p95_high_ms", "ttft_p99_low_ms", "ttft_p99_high_ms",
        "tpot_mean_low_ms", "tpot_mean_high_ms", "tpot_p50_low_ms", "tpot_p50_high_ms", "tpot_p90_low_ms",
        "tpot_p90_high_ms", "tpot_p95_low_ms", "tpot_p95_high_ms", "tpot_p99_low_ms", "tpot_p99_high_ms",
        "itl_mean_low_ms", "itl_mean_high_ms", "itl_p50_low_ms", "itl_p50_high_ms", "itl_p90_low_ms",
        "itl_p90_high_ms", "itl_p95_low_ms", "itl_p95_high_ms", "itl_p99_low_ms", "itl_p99_high_ms",
        "e2el_mean_low_ms", "e2el_mean_high_ms", "e2el_p50_low_ms", "e2el_p50_high_ms", "e2el_p90_low_ms",
        "e2el_p90_high_ms", "e2el_p95_low_ms", "e2el_p95_high_ms", "e2el_p99_low_ms", "e2el_p99_high_ms",
    ]

    var intervalColumns: [Column] {
        let known = findings.compactMap { finding in
            finding.limit.metric.columnName.map { ($0, finding.evidence.undecided) }
        }
        // Of two limits on one figure both say the same of it.
        let undecided = Dictionary(known) { first, _ in first }
        let statistics: [LatencyBudget.Statistic] = [.mean] + Percentile.allCases.map { .percentile($0) }
        let metrics = statistics.flatMap { statistic -> [LatencyBudget.Metric] in
            [.ttft(statistic), .tpot(statistic), .itl(statistic), .e2e(statistic)]
        }
        return metrics.compactMap(\.columnName).flatMap { name in
            [
                Column("\(name)_low_ms", .milliseconds(undecided[name].flatMap { $0?.low })),
                Column("\(name)_high_ms", .milliseconds(undecided[name].flatMap { $0?.high })),
            ]
        }
    }
}

extension LatencyBudget.Metric {
    /// As the columns of latencies begin: `ttft_p95`.
    fileprivate var columnName: String? {
        let metric: String? =
            switch self {
            case .ttft: "ttft"
            case .tpot: "tpot"
            case .itl: "itl"
            case .e2e: "e2el"
            case .error: nil
            }
        guard let metric, let statistic else { return nil }
        return "\(metric)_\(statistic.word)"
    }
}
