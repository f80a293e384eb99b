import Charts
import Measure

/// One level on one line, for logs.
enum ProgressLine {
    static func text(_ level: LevelResult, of endpoint: EndpointSnapshot, among count: Int) -> String {
        var parts = [level.load.words]
        if count > 1 { parts.insert(endpoint.info.label, at: 0) }
        if level.bearsRates {
            parts.append("\(Format.speed(level.throughput.mean)) tok/s" + interval(level.throughput))
        }
        parts.append("TTFT p50 \(Format.duration(level.ttft.percentile(.p50)))")
        parts.append("p95 \(Format.duration(level.ttft.percentile(.p95)))")
        parts.append("TPOT p50 \(Format.duration(level.tpot.percentile(.p50)))")
        if level.hasFewSamples { parts.append("n=\(level.completed)") }
        if level.failed > 0 { parts.append("\(level.failed) failed") }
        switch level.budgetVerdict {
        case .held: parts.append("budget held")
        case .broken:
            let limit = level.brokenBy.map { ": \($0.limit.metric.name) \(Format.against($0))" } ?? ""
            parts.append("over budget\(limit)")
        case .undecided: parts.append("budget undecided")
        case nil: break
        }
        if !level.trust.isEmpty {
            parts.append("! " + level.trust.map { level.label(of: $0) }.joined(separator: ", "))
        }
        return parts.joined(separator: " · ") + "\n"
    }

    private static func interval(_ estimate: Estimate) -> String {
        estimate.relativeHalfWidth.map { " ± \(Format.percent($0))" } ?? ""
    }
}
