/// The largest concurrency at which the latency budget holds.
package struct LoadLine: Hashable, Sendable, Codable {
    package var concurrency: Int
    /// Tokens/s at that concurrency.
    package var throughput: Double
    /// The first concurrency seen that broke the budget; nil when none did: the line is further out.
    package var brokenAt: Int?

    package init(concurrency: Int, throughput: Double, brokenAt: Int?) {
        self.concurrency = concurrency
        self.throughput = throughput
        self.brokenAt = brokenAt
    }
}

extension LoadLine {
    /// The largest concurrency that held the budget, below the first that broke it; nil when none held.
    ///
    /// Levels may come in any order. Of several at one concurrency the last one run counts, one that was cut
    /// short or met with a restart only if there is no other. Levels of which the budget can't be told are passed over.
    package static func find(levels: [LevelResult], budget: LatencyBudget) -> LoadLine? {
        var chosen: [Int: LevelResult] = [:]
        for level in levels where level.concurrency > 0 && level.holds(budget) != nil {
            if let other = chosen[level.concurrency] {
                let isLater = level.level >= other.level
                guard level.isSpoiled == other.isSpoiled ? isLater : other.isSpoiled else { continue }
            }
            chosen[level.concurrency] = level
        }
        let brokenAt = chosen.values.filter { $0.holds(budget) == false }.map(\.concurrency).min()
        let held = chosen.values.filter { $0.holds(budget) == true && $0.concurrency < brokenAt ?? .max }
        guard let best = held.max(by: { $0.concurrency < $1.concurrency }) else { return nil }
        return LoadLine(
            concurrency: best.concurrency, throughput: best.throughput.mean, brokenAt: brokenAt)
    }
}
