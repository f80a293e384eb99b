/// The latency that a service promises: `ttft:p95<900ms,tpot:p95<100ms,error<1%`.
public struct LatencyBudget: Hashable, Sendable, Codable {
    public var limits: [Limit]
    /// As typed.
    public var text: String

    public init(limits: [Limit], text: String) {
        self.limits = limits
        self.text = text
    }

    /// One promise.
    public struct Limit: Hashable, Sendable, Codable {
        public var metric: Metric
        /// Nanoseconds; for `error` a share from 0 to 1.
        public var below: Double

        public init(metric: Metric, below: Double) {
            self.metric = metric
            self.below = below
        }
    }

    public enum Metric: Hashable, Sendable, Codable {
        case ttft(Statistic)
        case tpot(Statistic)
        case itl(Statistic)
        case e2e(Statistic)
        case error
    }

    public enum Statistic: Hashable, Sendable, Codable {
        case mean
        case percentile(Percentile)
    }
}
