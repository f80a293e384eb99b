package import Measure

/// One endpoint's sweep: which load next, when a level is steady, when its window opens and closes, when to end.
///
/// A value without clock, randomness or I/O. Whoever drives it hands in events and carries out the actions:
/// ```
/// for action in sweep.handle(.start, at: now) { carry out }
/// ```
/// Events that make no sense at the moment (a window opened that nobody asked for, figures of a level long
/// gone, a key after the end) do nothing.
///
/// A level warms up until each of its users has finished a request and `warmUp` has passed, or until
/// `longestWarmUp` has passed: then its window counts as not steady. All users, and not the added ones alone:
/// after a step down, or a pause, what is still out began under another load, and its TTFT and E2E latency
/// would be counted where it ends. For the window see `DwellRule`, for
/// the order of levels `LevelSearch`, for hand steering `Steering`.
package struct Sweep: Sendable {
    /// No hand can ask for more users than this.
    package static let mostUsers = 65_536

    /// The level that runs, or the last one that ran.
    public internal(set) var level: LevelStart?
    package var isOver: Bool { state == .over }

    let plan: SweepPlan
    let endpoint: EndpointID
    let breaker: CircuitBreaker
    let dwell: DwellRule
    var search: LevelSearch
    var state = SweepState.idle
    /// What is offered.
    var load = Load.users(0)
    var nextIndex = 0
    /// Levels that were run beside the plan's: by hand or again.
    var extraLevels = 0
    /// What was run again because the server had restarted, we had stood still or its verdict contradicted its
    /// neighbours'; once each.
    private var retried: Set<Load> = []

    /// - Parameter kneeLevels: without a budget, `automatic` runs so many levels more between the last that grew and the
    ///   first that was saturated.
    package init(
        plan: SweepPlan, endpoint: EndpointID = EndpointID(0), kneeLevels: Int = 1
    ) {
        self.plan = plan
        self.endpoint = endpoint
        breaker = CircuitBreaker(errorLimit: plan.errorLimit)
        dwell = DwellRule(plan: plan)
        search = LevelSearch(
            levels: plan.levels, budget: plan.budget, bisects: plan.bisects, kneeLevels: kneeLevels)
    }

    /// Whether the next progress is to say what the window tells of the budget.
    package func looks(at now: Moment) -> Bool {
        guard case .measuring(let measuring) = state, measuring.looks < dwell.looks.count else {
            return false
        }
        return now - measuring.since >= dwell.looks[measuring.looks]
    }

    package mutating func handle(_ event: SweepEvent, at now: Moment) -> [SweepAction] {
        switch event {
        case .start: state == .idle ? goOn(at: now) : []
        case .progress(let progress): progressed(progress, at: now)
        case .windowOpened(let index, let moment): opened(index, at: moment)
        case .levelFinished(let result): finished(result, at: now)
        case .steer(let word): steer(word, at: now)
        }
    }
}

extension Sweep {
    mutating func progressed(_ progress: LevelProgress, at now: Moment) -> [SweepAction] {
        guard let level, progress.level == level.level else { return [] }
        switch state {
        case .warming(let since):
            if breaks(progress) { return end(.errors) }
            let elapsed = now - since
            let steady = progress.usersServed >= load.users ?? 0 && elapsed >= plan.warmUp
            guard steady || elapsed >= plan.longestWarmUp else { return [] }
            state = .opening(steady: steady)
            return [.openWindow(level: level.level, notBefore: now)]
        case .opening:
            // Progress may overtake the answer.
            if let moment = progress.windowOpened { return opened(level.level, at: moment) }
            return breaks(progress) ? end(.errors) : []
        case .measuring(let measuring):
            // Figures from before the window opened say nothing about it.
            guard progress.windowOpened != nil else { return [] }
            let elapsed = now - measuring.since
            if breaks(progress) {
                return close(at: now, cutShort: elapsed < dwell.usual, then: .end(.errors))
            }
            return measured(measuring, for: elapsed, progress, at: now)
        case .idle, .closing, .paused, .over:
            return []
        }
    }

    private mutating func measured(
        _ measuring: SweepState.Measuring, for elapsed: Nanoseconds, _ progress: LevelProgress, at now: Moment
    ) -> [SweepAction] {
        guard !dwell.looks.isEmpty else {
            return dwell.closes(after: elapsed, progress.throughput)
                ? close(at: now, cutShort: false, then: .search) : []
        }
        guard let findings = progress.findings, looks(at: now) else { return [] }
        if dwell.closes(atLook: measuring.looks, progress.throughput, findings) {
            return close(at: now, cutShort: false, then: .search)
        }
        var measuring = measuring
        measuring.looks += 1
        state = .measuring(measuring)
        return []
    }

    func breaks(_ progress: LevelProgress) -> Bool {
        breaker.opens(completed: progress.completed, failed: progress.failed, users: load.users ?? 0)
    }

    mutating func opened(_ index: Int, at moment: Moment) -> [SweepAction] {
        guard case .opening(let steady) = state, index == level?.level else { return [] }
        state = .measuring(SweepState.Measuring(since: moment, steady: steady))
        return []
    }

    mutating func finished(_ result: LevelResult, at now: Moment) -> [SweepAction] {
        guard case .closing(let cutShort, let next) = state, result.level == level?.level else { return [] }
        // What a restart spoiled, or a standstill of our own, is measured once more, before anything is concluded
        // from it. (A soak test is not: such things are what it is there to find.)
        if next == .search, plan.soakSlice == nil,
            result.trust.contains(where: { $0 == .serverRestarted || $0 == .clientStoodStill }),
            retried.insert(result.load).inserted
        {
            return proceed(.run(result.load), at: now)
        }
        search.take(result, cutShort: cutShort)
        // A level that lies beyond the error limit, but had too few requests for the breaker while it ran.
        if next == .search,
            breaker.opens(
                completed: result.completed, failed: result.failed, users: load.users ?? 0)
        {
            return end(.errors)
        }
        if next == .search, let odd = search.contradicted(except: retried) {
            retried.insert(odd)
            return proceed(.run(odd), at: now)
        }
        return proceed(next, at: now)
    }

    mutating func proceed(_ next: SweepState.Next, at now: Moment) -> [SweepAction] {
        switch next {
        case .search:
            return goOn(at: now)
        case .run(let wanted):
            extraLevels += 1
            return run(wanted, at: now)
        case .pause(let wanted):
            state = .paused(then: wanted.map { .run($0) } ?? .search)
            return []
        case .end(let reason):
            return end(reason)
        }
    }

    mutating func goOn(at now: Moment) -> [SweepAction] {
        switch search.next() {
        case .run(let wanted): run(wanted, at: now)
        case .end(let reason): end(reason)
        }
    }

    mutating func run(_ wanted: Load, at now: Moment) -> [SweepAction] {
        let start = LevelStart(
            endpoint: endpoint, level: nextIndex, load: wanted,
            planned: search.planned.map { $0 + extraLevels })
        nextIndex += 1
        level = start
        load = wanted
        search.started(wanted)
        state = .warming(since: now)
        return [.startLevel(start), .offer(wanted)]
    }

    mutating func close(at now: Moment, cutShort: Bool, then next: SweepState.Next) -> [SweepAction] {
        guard case .measuring(let measuring) = state, let level else { return [] }
        state = .closing(cutShort: cutShort, then: next)
        return [
            .closeWindow(
                level: level.level, at: max(now, measuring.since), cutShort: cutShort,
                steady: measuring.steady)
        ]
    }

    mutating func end(_ reason: SweepEnd) -> [SweepAction] {
        state = .over
        load = .users(0)
        return [.offer(load), .finished(reason)]
    }
}
