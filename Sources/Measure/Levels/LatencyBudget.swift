/// The latency that a service promises: `ttft:p95<900ms,tpot:p95<100ms,error<1%`.
package struct LatencyBudget: Hashable, Sendable, Codable {
    package var limits: [Limit]
    /// As typed.
    package var text: String

    package init(limits: [Limit], text: String) {
        self.limits = limits
        self.text = text
    }

    /// One promise.
    package struct Limit: Hashable, Sendable, Codable {
        package var metric: Metric
        /// Nanoseconds; for `error` a share from 0 to 1.
        package var below: Double

        package init(metric: Metric, below: Double) {
            self.metric = metric
            self.below = below
        }
    }

    package enum Metric: Hashable, Sendable, Codable {
        case ttft(Statistic)
        case tpot(Statistic)
        case itl(Statistic)
        case e2e(Statistic)
        case error
    }

    package enum Statistic: Hashable, Sendable, Codable {
        case mean
        case percentile(Percentile)
    }
}
