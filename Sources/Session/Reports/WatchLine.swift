import Charts
import Measure

/// One server on one line, for logs.
enum WatchLine {
    static func text(_ server: ServerSnapshot, findings: Bool = true) -> String {
        var parts = [server.info.label]
        switch server.status {
        case .trouble(let trouble, _): return "\(server.info.label) · \(trouble.words)"
        case .gone: parts.append("no answer any more")
        case .left: parts.append("no longer looked at")
        case .waiting, .up: break
        }
        if let minute = server.facts?.minute, let now = server.facts?.scrape {
            parts.append("\(Format.count(now.running)) running, \(Format.count(now.waiting)) waiting")
            parts.append("KV \(Format.percent(now.kvUsage))")
            parts.append("\(Format.speed(now.generationTokensPerSecond)) tok/s out")
            parts.append("\(Format.speed(now.promptTokensPerSecond)) in")
            parts.append("TTFT p95 \(Format.quantile(minute.ttft?.quantile(.p95)))")
            parts.append("TPOT p95 \(Format.quantile(minute.tpot?.quantile(.p95)))")
        }
        if let answer = server.canaries.last?.answer { parts.append("canary \(answer.words)") }
        for finding in server.findings.prefix(findings ? 2 : 0) { parts.append("! \(finding.sentence)") }
        return parts.joined(separator: " · ")
    }
}
