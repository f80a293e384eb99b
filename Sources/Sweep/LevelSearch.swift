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
/// adjacent numbers up to 256 users, and to 3 % above. If none held, it looks below the smallest.
struct LevelSearch: Sendable {
    enum Decision: Hashable, Sendable {
        case run(Load)
        case end(SweepEnd)
    }

    /// So many times the budget's limit is far behind it.
    static let farBehind = 4.0

    private enum Stage: Hashable {
        case ramp
        case bisection(SweepEnd)
        case knee(SweepEnd, left: Int)
        case done(SweepEnd)
    }

    private struct Point: Hashable {
        var load: Load
        var throughput: Double
    }

    private let list: [Load]?
    private let limit: Load
    private let budget: LatencyBudget?
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
    /// Whether the budget held, by load; the last word counts.
    private var verdicts: [Load: Bool] = [:]
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
        self.budget = budget
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
        if let budget {
            if let held = result.holds(budget) {
                verdicts[load] = held
            } else if !cutShort {
                verdicts[load] = Self.guess(result, budget)
            }
            if verdicts[load] == nil { tried.insert(load) }
        }
        guard !cutShort else { return }
        points.append(Point(load: load, throughput: result.throughput.mean))
        if let budget, stage == .ramp {
            isFarBehind = budget.limits.contains { ($0.excess(on: result) ?? 0) > Self.farBehind }
        }
    }

    /// Too few samples to be certain: the search still has to turn left or right. A level of which not one
    /// request finished is far too slow for any budget.
    private static func guess(_ result: LevelResult, _ budget: LatencyBudget) -> Bool {
        let excesses = budget.limits.map { $0.excess(on: result) }
        if excesses.contains(where: { ($0 ?? 0) >= 1 }) { return false }
        return result.completed > 0
    }

    /// What to run after all that was taken.
    mutating func next() -> Decision {
        if case .ramp = stage {
            switch rampStep() {
            case .run(let load): return .run(load)
            case .end(let reason):
                if budget != nil {
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
        let isBroken = verdicts.values.contains(false)
        if isSaturated, budget == nil || isBroken { return .end(.plateau) }
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

    private func bisectionStep() -> Load? {
        guard let broken = verdicts.filter({ !$0.value }).keys.min() else { return nil }
        let held = verdicts.filter { $0.value && $0.key < broken }.keys.max() ?? .users(0)
        guard let middle = held.middle(upTo: broken) else { return nil }
        return tried.contains(middle) ? nil : middle
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
