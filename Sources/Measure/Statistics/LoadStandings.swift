/// How the budget fared at each load.
///
/// Of several levels at one load the last one run counts, one that was spoiled only if there is no other. A load
/// below one that held counts as held, one above the first that broke as broken.
package struct LoadStandings {
    /// One a load, in order.
    private let levels: [LevelResult]
    private let brokenAt: Load?
    private let held: LevelResult?
    private let undecided: [LevelResult]

    /// Levels may come in any order.
    package init(_ all: [LevelResult]) {
        var chosen: [Load: LevelResult] = [:]
        for level in all where level.load.amount > 0 && level.budgetVerdict != nil {
            if let other = chosen[level.load] {
                let isLater = level.level >= other.level
                guard level.isSpoiled == other.isSpoiled ? isLater : other.isSpoiled else { continue }
            }
            chosen[level.load] = level
        }
        levels = chosen.values.sorted { $0.load < $1.load }
        let broken = levels.first { $0.budgetVerdict == .broken }?.load
        let held = levels.last { level in
            level.budgetVerdict == .held && broken.map { level.load < $0 } ?? true
        }
        brokenAt = broken
        self.held = held
        undecided = levels.filter { level in
            level.budgetVerdict == .undecided && broken.map { level.load < $0 } ?? true
                && held.map { $0.load < level.load } ?? true
        }
    }

    /// nil where no load holds nor seems to.
    package var line: LoadLine? {
        let seeming = undecided.prefix { $0.seemsToHold }
        guard let best = seeming.last ?? held else { return nil }
        return LoadLine(
            load: best.load, throughput: best.throughput.mean, brokenAt: brokenAt, heldAt: held?.load,
            isOpen: best.load == levels.last?.load)
    }

    /// nil where nothing is undecided.
    package var doubt: LoadDoubt? {
        guard let first = undecided.first, let last = undecided.last else { return nil }
        let edge = undecided.last { $0.seemsToHold } ?? first
        let open = edge.findings.filter { $0.verdict == .undecided }
        return LoadDoubt(
            from: first.load, upTo: last.load,
            finding: open.min { $0.evidence.samples < $1.evidence.samples }, dwell: edge.dwellThatDecides)
    }
}
