extension LoadLine {
    /// The largest load that held the budget, below the first that broke it; nil when none held.
    ///
    /// Levels may come in any order. Of several at one load the last one run counts, one that was cut
    /// short or met with a restart only if there is no other. Levels of which the budget can't be told are passed over.
    package static func find(levels: [LevelResult], budget: LatencyBudget) -> LoadLine? {
        var chosen: [Load: LevelResult] = [:]
        for level in levels where level.load.amount > 0 && level.holds(budget) != nil {
            if let other = chosen[level.load] {
                let isLater = level.level >= other.level
                guard level.isSpoiled == other.isSpoiled ? isLater : other.isSpoiled else { continue }
            }
            chosen[level.load] = level
        }
        let brokenAt = chosen.values.filter { $0.holds(budget) == false }.map(\.load).min()
        let held = chosen.values.filter { level in
            level.holds(budget) == true && brokenAt.map { level.load < $0 } ?? true
        }
        guard let best = held.max(by: { $0.load < $1.load }) else { return nil }
        return LoadLine(load: best.load, throughput: best.throughput.mean, brokenAt: brokenAt)
    }
}
