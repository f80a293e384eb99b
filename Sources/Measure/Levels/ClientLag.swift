/// This program's own lag held against a figure that it goes into: both at the same quantile.
package struct ClientLag: Hashable, Sendable {
    package enum Figure: String, Hashable, Sendable {
        case ttft = "TTFT"
        case tpot = "TPOT"
        case itl = "ITL"
        case e2e = "E2E"
    }

    package var figure: Figure
    package var percentile: Percentile
    /// Nanoseconds.
    package var lag: Double
    package var value: Double

    /// Where either is not passed, the figure can be trusted.
    static let share = 0.05
    static let least = 0.5e6

    package var isTooMuch: Bool { lag > Self.least && lag > Self.share * value }

    package var ratio: Double { value > 0 ? lag / value : .infinity }
}

extension LevelResult {
    /// The busiest event loop's thread had less than this to spare.
    package static let busyLoop = 0.8

    var isClientBound: Bool {
        clientLags().contains(where: \.isTooMuch) || lag.loopCPUShare.map { $0 > Self.busyLoop } ?? false
            || hung ?? 0 > Standstill.least
    }

    /// For each figure that is shown. What is read late is in all of them, in ITL by how much it changes from one
    /// token to the next, what is sent late in those that count
    /// from the sending; in TPOT the lag is shared among the tokens.
    ///
    /// - Parameter measured: instead of the level's own lag.
    package func clientLags(_ measured: LagSummary? = nil) -> [ClientLag] {
        let lag = measured ?? self.lag
        let tokens = completed > 0 ? Double(outputTokens) / Double(completed) : 0
        return Percentile.allCases.flatMap { percentile -> [ClientLag] in
            let read = lag.loop(percentile)
            let both = [read, lag.send(percentile)].compactMap { $0 }
            let inAll = both.isEmpty ? nil : both.reduce(0, +)
            let shared = tokens >= 2 ? read.map { $0 / (tokens - 1) } : nil
            let pairs: [(ClientLag.Figure, Distribution, Double?)] = [
                (.ttft, ttft, inAll), (.e2e, e2e, inAll), (.itl, itl, lag.betweenTokens(percentile)),
                (.tpot, tpot, shared),
            ]
            return pairs.compactMap { figure, distribution, lag in
                guard let lag, let value = distribution.percentile(percentile), lag.isFinite, value.isFinite
                else { return nil }
                return ClientLag(figure: figure, percentile: percentile, lag: lag, value: value)
            }
        }
    }
}
