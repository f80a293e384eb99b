package import Measure

/// A server with as many streams as are asked for, each at a fixed speed: the k-th token of a stream is
/// due at `received + ttft + jitter + k · tpot`, whatever became of the ones before it.
package struct PacedModel: Hashable, Sendable, Codable {
    /// From a request's last byte to its first token.
    package var ttft: Nanoseconds
    package var tpot: Nanoseconds
    /// Seeded, uniform from 0 up to this, once a request: the TTFT's median is `ttft + jitter/2`.
    package var ttftJitter: Nanoseconds
    /// Due times are rounded up to this grid, so that streams share the cost of waking up. What the truth
    /// calls "meant" is the rounded time. 0: no rounding.
    package var tick: Nanoseconds
    package var ttftStep: LatencyStep?

    package init(
        ttft: Nanoseconds = 50 * .millisecond, tpot: Nanoseconds = 10 * .millisecond,
        ttftJitter: Nanoseconds = 0, tick: Nanoseconds = 200 * .microsecond, ttftStep: LatencyStep? = nil
    ) {
        self.ttft = ttft
        self.tpot = tpot
        self.ttftJitter = ttftJitter
        self.tick = tick
        self.ttftStep = ttftStep
    }

    /// When token `index` of a stream is due whose first one is due, before rounding, at `first`.
    func due(_ index: Int, first: Moment) -> Moment {
        let (offset, overflows) = Int64(index).multipliedReportingOverflow(by: tpot)
        // Later than any clock will be: such a token never comes.
        guard !overflows, offset < Self.never - first.nanoseconds else {
            return Moment(nanoseconds: Self.never)
        }
        let exact = first + offset
        guard tick > 0 else { return exact }
        let over = exact.nanoseconds % tick
        return over == 0 ? exact : exact + (tick - over)
    }

    private static let never = Nanoseconds.max / 4

    /// Output tokens/s under `users` users that send the next request at once.
    package func analyticThroughput(users: Int, outputTokens: Int) -> Double {
        guard users > 0, outputTokens > 0 else { return 0 }
        var first = ttft + ttftJitter / 2 + tick / 2
        if let ttftStep, users >= ttftStep.users { first += ttftStep.extra }
        let length = first.inSeconds + Double(outputTokens - 1) * tpot.inSeconds
        return length > 0 ? Double(users) * Double(outputTokens) / length : .infinity
    }
}
