import Charts
import Measure

extension LatencyBudget.Limit {
    /// "TTFT p95 < 900 ms".
    var name: String {
        let limit = metric == .error ? Format.percent(below) : Format.duration(below)
        return "\(metric.shortName)\(metric.statistic.map { " " + $0.word } ?? "") < \(limit)"
    }
}

extension LatencyBudget.Metric {
    var shortName: String {
        switch self {
        case .ttft: "TTFT"
        case .tpot: "TPOT"
        case .itl: "ITL"
        case .e2e: "E2E"
        case .error: "errors"
        }
    }
}

extension LatencyBudget.Statistic {
    var word: String {
        switch self {
        case .mean: "mean"
        case .percentile(let percentile): percentile.name
        }
    }
}
