extension LevelResult {
    /// As measured, and never mind how certain that is: where a search has to turn left or right. A level of which
    /// not one request finished is far too slow for any budget.
    package var seemsToHold: Bool {
        switch budgetVerdict {
        case .held: true
        case .broken: false
        case .undecided, nil: completed > 0 && !findings.contains { $0.excess ?? 0 >= 1 }
        }
    }

    /// The window is looked at up to four times its dwell. nil where no such time is in sight.
    var dwellThatDecides: Nanoseconds? {
        let open = findings.filter { $0.verdict == .undecided }
        guard !open.isEmpty else { return nil }
        // A fifth more than what would just do: things never go on exactly as they went.
        let factor = Self.factors.first { factor in
            open.allSatisfy { $0.evidence.verdict(on: $0.limit, after: factor / 1.2) != .undecided }
        }
        guard let factor else { return nil }
        let seconds = duration.inSeconds * factor / 4
        let step: Double = seconds <= 60 ? 5 : seconds <= 600 ? 30 : 300
        return .seconds((seconds / step).rounded(.up) * step)
    }

    private static let factors = (2...64).map { Double($0) / 2 }
}

extension LevelResult {
    /// It held where a lighter load broke, or broke where a heavier one held. Of the others at one load the last one
    /// counts; spoiled ones don't.
    package func contradicts(_ others: [LevelResult]) -> Bool {
        guard !isSpoiled, let verdict = budgetVerdict, verdict != .undecided else { return false }
        var last: [Load: LevelResult] = [:]
        for other in others where other.load != load && !other.isSpoiled {
            if last[other.load].map({ $0.level < other.level }) ?? true { last[other.load] = other }
        }
        return last.values.contains { other in
            switch verdict {
            case .held: other.budgetVerdict == .broken && other.load < load
            case .broken: other.budgetVerdict == .held && other.load > load
            case .undecided: false
            }
        }
    }
}
