import Measure

/// An endpoint as a pair of functions: so many users give so many tokens a second at such a latency.
struct ModelEndpoint: Sendable {
    var throughput: @Sendable (Int) -> Double
    /// TTFT of every request, ms.
    var latency: @Sendable (Int) -> Double
    var requestSeconds = 0.5
    /// The share of requests that fail.
    var failing: @Sendable (Int) -> Double = { _ in 0 }
    /// At these numbers of users the server restarts in mid-level.
    var restarts: Set<Int> = []
    /// Why a level with one of those is spoiled.
    var spoiledBy = TrustFlag.serverRestarted
    /// The budget's limit on TTFT's p95; nil: there is none.
    var limit: LatencyBudget.Limit?
    /// At these numbers of users no window is long enough to decide.
    var undecided: Set<Int> = []
    /// Answers below which none is.
    var fewestAnswers = 20
    /// The half-width of the throughput's interval, as a share, after so many seconds of window.
    var width: @Sendable (Double) -> Double? = { _ in 0.01 }

    /// Serves up to `knee` users at full speed, and then makes them queue.
    static func hardKnee(at knee: Int, perUser: Double = 100) -> ModelEndpoint {
        ModelEndpoint(
            throughput: { Double(min($0, knee)) * perUser },
            latency: { $0 <= knee ? 50 : 50 * Double($0) / Double(knee) })
    }

    /// Throughput grows for ever; latency steps from 50 ms to `after` beyond `users`.
    static func step(beyond users: Int, to after: Double = 120) -> ModelEndpoint {
        ModelEndpoint(
            throughput: { 100 * Double($0) / (1 + 0.03 * Double($0 - 1)) },
            latency: { $0 <= users ? 50 : after })
    }

    func finished(users: Int, seconds: Double) -> (completed: Int, failed: Int) {
        let all = Int(max(0, seconds) / requestSeconds) * users
        let failed = Int((Double(all) * failing(users)).rounded())
        return (all - failed, failed)
    }

    func result(endpoint: EndpointID, level: Int, users: Int, from: Moment, to: Moment) -> LevelResult {
        let seconds = (to - from).inSeconds
        let (completed, failed) = finished(users: users, seconds: seconds)
        let ttft = latency(users) * 1e6
        let mean = throughput(users)
        var result = LevelResult(
            endpoint: endpoint, level: level, load: .users(users), windowStart: from, windowEnd: to,
            completed: completed, failed: failed, windowTokens: mean * seconds,
            throughput: Estimate(mean: mean, halfWidth: width(seconds).map { $0 * mean }),
            ttft: Distribution(
                count: completed, mean: ttft, standardDeviation: 0, min: ttft, max: ttft, p50: ttft,
                p90: ttft,
                p95: ttft, p99: ttft, bins: LogBins()))
        if restarts.contains(users) { result.trust = [spoiledBy] }
        result.findings = findings(users: users, completed: completed)
        if limit != nil {
            switch result.findings.verdict {
            case .held: result.budgetHeld = true
            case .broken: result.budgetHeld = false
            case .undecided: break
            }
        }
        return result
    }

    /// As certain as the model has it: the rule has tests of its own.
    func findings(users: Int, completed: Int) -> [LimitFinding] {
        guard let limit else { return [] }
        let value = latency(users) * 1e6
        var finding = LimitFinding(
            limit: limit,
            evidence: LimitEvidence(
                value: completed > 0 ? value : nil, samples: completed,
                beyond: value >= limit.below ? completed : 0,
                clumping: 1.33, generations: 100))
        let isDecided = completed >= fewestAnswers && !undecided.contains(users)
        finding.verdict = isDecided ? value < limit.below ? .held : .broken : .undecided
        return [finding]
    }
}
