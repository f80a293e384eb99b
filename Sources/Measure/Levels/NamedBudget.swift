/// Budgets that others have a name for: MLPerf Inference's limits of the server scenarios, which hold at p99
/// (loadgen/mlperf.conf; for gpt-oss-120b the rules' text says 20 ms a token, the checker 15).
enum NamedBudget {
    static let prefix = "mlperf:"

    /// In the order in which they are listed.
    private static let limits: KeyValuePairs = [
        "llama2-70b-server": "ttft:p99<2s,tpot:p99<200ms",
        "llama2-70b-interactive": "ttft:p99<450ms,tpot:p99<40ms",
        "mixtral-8x7b-server": "ttft:p99<2s,tpot:p99<200ms",
        "llama3.1-8b-server": "ttft:p99<2s,tpot:p99<100ms",
        "llama3.1-8b-interactive": "ttft:p99<500ms,tpot:p99<30ms",
        "llama3.1-405b-server": "ttft:p99<6s,tpot:p99<175ms",
        "llama3.1-405b-interactive": "ttft:p99<4500ms,tpot:p99<80ms",
        "deepseek-r1-server": "ttft:p99<2s,tpot:p99<80ms",
        "deepseek-r1-interactive": "ttft:p99<1500ms,tpot:p99<15ms",
        "gpt-oss-120b-server": "ttft:p99<3s,tpot:p99<80ms",
        "gpt-oss-120b-interactive": "ttft:p99<2s,tpot:p99<15ms",
        "qwen3-vl-235b-server": "e2e:p99<12s",
        "gpt-j-server": "e2e:p99<20s",
    ]

    static let names = limits.map { prefix + $0.key }

    /// What a part of a budget stands for; nil where it is no name.
    static func limits(of part: some StringProtocol) throws(BudgetError) -> String? {
        guard part.hasPrefix(prefix) else { return nil }
        guard let found = limits.first(where: { $0.key == part.dropFirst(prefix.count) }) else {
            throw .unknownName(String(part))
        }
        return found.value
    }
}
