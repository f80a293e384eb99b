import Measure

/// Which level next: first the plan's own (the list, or doubling), then, with a budget, bisection for the load
/// line, or without one a look at the plateau's knee.
///
/// Doubling goes on until
/// - throughput grew by less than 5 % over two doublings and, where there is a budget, that was seen to break
///   (a sweep with a budget looks for both, the plateau and the load line); or
/// - a limit of the budget is passed more than fourfold ("far behind"); or
/// - the limit of users is reached.
///
/// Bisection narrows the gap between the largest level that held the budget and the smallest that broke it, to
/// adjacent numbers up to 256 users, and to 3 % above. If none held, it looks below the smallest. Where the budget is
/// undecided at what it finds, it looks for the nearest loads on either side where it isn't, and gives up after a few
/// levels.
struct LevelSearch: Sendable {
    enum Decision: Hashable, Sendable {
        case run(Load)
        case end(SweepEnd)
    }

    /// So many times the budget's limit is far behind it.
    static let farBehind = 4.0
    /// So many levels narrow down what is undecided; then the search gives up.
    static let mostEdges = 4

    private enum Stage: Hashable {
        case ramp
        case bisection(SweepEnd)
        case knee(SweepEnd, left: Int)
        case done(SweepEnd)
    }

    private enum Standing: Hashable {
        case held
        case broken
        case undecided(seemsToHold: Bool)

        var seemsToHold: Bool {
            switch self {
            case .held: true
            case .broken: false
            case .undecided(let seemsToHold): seemsToHold
            }
        }
    }

    private struct Point: Hashable {
        var load: Load
        var throughput: Double
    }

    private let list: [Load]?
    private let limit: Load
    private let hasBudget: Bool
    private let bisects: Bool
    private let kneeLevels: Int
    private var stage = Stage.ramp
    /// The next place in `list`.
    private var place = 0
    /// The level that is running or ran last.
    private var current: Load?
    /// Complete levels, in the order in which they ran.
    private var points: [Point] = []
    private var isFarBehind = false
    /// How the budget fared, by load; the last word counts.
    private var standings: [Load: Standing] = [:]
    /// Every level that was judged, in the order in which they ran.
    private var judged: [LevelResult] = []
    /// Levels that were run at the edges of what is undecided.
    private var edges = 0
    /// Levels that told nothing: skipped by hand, or cut short.
    private var tried: Set<Load> = []

    init(levels: SweepPlan.Levels, budget: LatencyBudget?, bisects: Bool, kneeLevels: Int) {
        switch levels {
        case .list(let users):
            list = users.map { .users(min(max(1, $0), Sweep.mostUsers)) }
            limit = .users(Sweep.mostUsers)
        case .automatic(let most):
            list = nil
            limit = .users(min(max(1, most), Sweep.mostUsers))
        }
        hasBudget = budget != nil
        self.bisects = bisects
        self.kneeLevels = kneeLevels
    }

    /// How many levels the plan has, when that is known.
    var planned: Int? { stage == .ramp ? list?.count : nil }

    /// A level runs, by this search's word or by hand.
    mutating func started(_ load: Load) { current = load }

    /// A level was given up by hand before it had figures.
    mutating func skipped(_ load: Load) { tried.insert(load) }

    /// A level's figures. One cut short counts only where it is certain about the budget.
    mutating func take(_ result: LevelResult, cutShort: Bool) {
        let load = result.load
        if hasBudget {
            switch result.budgetVerdict {
            case .held: standings[load] = .held
            case .broken: standings[load] = .broken
            case .undecided, nil:
                if !cutShort { standings[load] = .undecided(seemsToHold: result.seemsToHold) }
                if standings[load] == nil { tried.insert(load) }
            }
            judged.append(result)
        }
        guard !cutShort else { return }
        points.append(Point(load: load, throughput: result.throughput.mean))
        if stage == .ramp { isFarBehind = result.findings.contains { $0.excess ?? 0 > Self.farBehind } }
    }

    /// A load whose verdict contradicts another's, of two such the one that was run first; each is run again once.
    func contradicted(except done: Set<Load>) -> Load? {
        let open = judged.filter { !done.contains($0.load) }
        return open.first { level in
            level.contradicts(open) && !open.contains { $0.load == level.load && $0.level > level.level }
        }?.load
    }

    /// What to run after all that was taken.
    mutating func next() -> Decision {
        if case .ramp = stage {
            switch rampStep() {
            case .run(let load): return .run(load)
            case .end(let reason):
                if hasBudget {
                    stage = bisects ? .bisection(reason) : .done(reason)
                } else if list == nil, reason == .plateau, kneeLevels > 0 {
                    stage = .knee(reason, left: kneeLevels)
                } else {
                    stage = .done(reason)
                }
            }
        }
        switch stage {
        case .bisection(let reason):
            if let middle = bisectionStep() { return .run(middle) }
            stage = .done(reason)
            return .end(reason)
        case .knee(let reason, let left):
            if left > 0, let between = kneeStep() {
                stage = .knee(reason, left: left - 1)
                return .run(between)
            }
            stage = .done(reason)
            return .end(reason)
        case .done(let reason): return .end(reason)
        case .ramp: return .end(.planDone)
        }
    }

    private mutating func rampStep() -> Decision {
        if let list {
            guard place < list.count else { return .end(.planDone) }
            defer { place += 1 }
            return .run(list[place])
        }
        guard let current else { return .run(limit.smallest) }
        if isFarBehind { return .end(.overBudget) }
        let isBroken = standings.values.contains { !$0.seemsToHold }
        if isSaturated, !hasBudget || isBroken { return .end(.plateau) }
        guard current < limit else { return .end(isSaturated ? .plateau : .planDone) }
        return .run(current.doubled(upTo: limit))
    }

    /// Whether the last level bought less than 5 % over the one two doublings before. Levels run by hand may
    /// lie close together: only one with at most a third of the users is a fair comparison.
    private var isSaturated: Bool {
        guard let last = points.last else { return false }
        let before = points.filter { 3 * $0.load.amount <= last.load.amount && $0.throughput > 0 }
        guard let reference = before.max(by: { $0.load < $1.load }) else { return false }
        return last.throughput < (1 + Plateau.worthwhileGain) * reference.throughput
    }

    /// To the crossing first, by what seems to hold where it isn't certain; then, where the crossing is undecided, to
    /// what is certain on either side.
    private mutating func bisectionStep() -> Load? {
        guard let broken = standings.filter({ !$0.value.seemsToHold }).keys.min() else { return nil }
        let held = standings.filter { $0.value.seemsToHold && $0.key < broken }.keys.max() ?? broken.nothing
        if let middle = held.middle(upTo: broken) { return tried.contains(middle) ? nil : middle }
        guard edges < Self.mostEdges, let edge = edge(held: held, broken: broken) else { return nil }
        edges += 1
        return edge
    }

    private func edge(held: Load, broken: Load) -> Load? {
        let loads = standings.keys.sorted()
        let certain = loads.last { $0 <= held && standings[$0] == .held } ?? held.nothing
        let over = loads.first { $0 >= broken && standings[$0] == .broken }
        let undecided = loads.filter { load in load > certain && over.map { load < $0 } ?? true }
        guard let first = undecided.first, let last = undecided.last else { return nil }
        // Where there is further to go, first.
        let below = (gap: first.amount / max(1, certain.amount), step: certain.middle(upTo: first))
        let above = over.map { (gap: $0.amount / last.amount, step: last.middle(upTo: $0)) }
        return [below, above].compactMap(\.self).sorted { $0.gap > $1.gap }.compactMap(\.step)
            .first { !tried.contains($0) }
    }

    /// Half-way (on a logarithmic axis) between the last level under 95 % of the best throughput and the next.
    private func kneeStep() -> Load? {
        let best = points.map(\.throughput).max() ?? 0
        guard best > 0 else { return nil }
        let saturated = points.filter { $0.throughput * (1 + Plateau.worthwhileGain) >= best }
        guard let first = saturated.map(\.load).min() else { return nil }
        guard let grown = points.map(\.load).filter({ $0 < first }).max() else { return nil }
        guard let middle = grown.logarithmicMiddle(upTo: first) else { return nil }
        return tried.contains(middle) ? nil : middle
    }
}
