import Measure
import Sweep
import Testing

/// Drives a sweep against a modelled endpoint on a clock that moves a tenth of a second a tick, and checks
/// that every action makes sense when it comes.
struct Rig {
    var sweep: Sweep
    var model: ModelEndpoint
    var now = Moment(nanoseconds: 1_000_000_000_000)
    private(set) var starts: [LevelStart] = []
    private(set) var results: [LevelResult] = []
    /// Per result.
    private(set) var cuts: [Bool] = []
    private(set) var steadies: [Bool] = []
    private(set) var ends: [SweepEnd] = []
    private(set) var actions: [SweepAction] = []
    private(set) var users = 0
    private(set) var isLoadPaused = false

    private var current: LevelStart?
    private var levelBegan = Moment.zero
    private var asked: Int?
    private var windowOpened: Moment?
    private var isGivenUp = false
    private var closing: (level: Int, at: Moment, users: Int)?

    init(_ plan: SweepPlan, _ model: ModelEndpoint, kneeLevels: Int = 0) {
        sweep = Sweep(plan: plan, endpoint: EndpointID(3), kneeLevels: kneeLevels)
        self.model = model
        self.model.limit = plan.budget?.limits.first
    }

    var levels: [Int] { results.compactMap(\.load.users) }
    var isWindowOpen: Bool { windowOpened != nil && closing == nil }
    var isClosing: Bool { closing != nil }

    mutating func send(_ event: SweepEvent) {
        for action in sweep.handle(event, at: now) { perform(action) }
    }

    private mutating func perform(_ action: SweepAction) {
        #expect(ends.isEmpty, "nothing comes after finished: \(action)")
        actions.append(action)
        switch action {
        case .offer(.users(let count)):
            #expect(count >= 0 && count <= Sweep.mostUsers)
            users = count
        case .startLevel(let start):
            #expect(
                closing == nil && (windowOpened == nil || isGivenUp),
                "a level starts only when no window is open")
            windowOpened = nil
            isGivenUp = false
            #expect(start.level == starts.count, "levels are numbered in order")
            #expect(start.endpoint == EndpointID(3))
            starts.append(start)
            current = start
            levelBegan = now
            asked = nil
        case .openWindow(let level, let notBefore):
            #expect(level == current?.level && windowOpened == nil && asked == nil)
            #expect(notBefore <= now)
            asked = level
        case .closeWindow(let level, let at, let cutShort, let steady):
            #expect(level == current?.level && windowOpened != nil && !isGivenUp && closing == nil)
            #expect(at >= now || at == windowOpened)
            closing = (level, at, users)
            cuts.append(cutShort)
            steadies.append(steady)
        case .changeLoad(let level, .users(let count)):
            #expect(level == current?.level && windowOpened == nil && count >= 1)
            current?.load = .users(count)
        case .pauseLoad:
            #expect(!isLoadPaused)
            isLoadPaused = true
            // The window that was asked for may open yet: nobody wants it any more.
            if asked != nil { isGivenUp = true }
        case .resumeLoad:
            #expect(isLoadPaused)
            isLoadPaused = false
        case .finished(let reason):
            #expect(users == 0 && closing == nil)
            ends.append(reason)
        }
    }

    /// A tenth of a second passes: the collector answers what it was asked, then says how things stand.
    mutating func tick() {
        now = now + 100 * .millisecond
        if let level = asked {
            asked = nil
            windowOpened = now
            send(.windowOpened(level: level, at: now))
        }
        if let (level, at, users) = closing, let from = windowOpened {
            closing = nil
            windowOpened = nil
            let result = model.result(
                endpoint: EndpointID(3), level: level, users: users, from: from, to: at)
            results.append(result)
            send(.levelFinished(result))
        }
        guard let current, !isLoadPaused else { return }
        send(.progress(progress(of: current)))
    }

    private func progress(of level: LevelStart) -> LevelProgress {
        let since = windowOpened ?? levelBegan
        let seconds = (now - since).inSeconds
        let (completed, failed) = model.finished(users: (level.load.users ?? 0), seconds: seconds)
        let mean = model.throughput((level.load.users ?? 0))
        return LevelProgress(
            level: level.level,
            usersServed: (now - levelBegan).inSeconds >= model.requestSeconds ? level.load.users ?? 0 : 0,
            completed: completed, failed: failed,
            throughput: Estimate(mean: mean, halfWidth: model.width(seconds).map { $0 * mean }),
            windowOpened: windowOpened,
            findings: sweep.looks(at: now)
                ? model.findings(users: level.load.users ?? 0, completed: completed) : nil)
    }

    /// Ticks until something is so; a sweep where it never is fails the test instead of hanging it.
    mutating func tick(until isSo: (Rig) -> Bool) {
        for _ in 0..<10_000 {
            if isSo(self) { return }
            tick()
        }
        Issue.record("never came to pass")
    }

    mutating func run(ticks: Int = 200_000) {
        for _ in 0..<ticks where !sweep.isOver { tick() }
    }

    /// The whole sweep, from start to end.
    static func run(
        _ plan: SweepPlan, _ model: ModelEndpoint, kneeLevels: Int = 0
    ) -> Rig {
        var rig = Rig(plan, model, kneeLevels: kneeLevels)
        rig.send(.start)
        rig.run()
        #expect(rig.sweep.isOver && rig.ends.count == 1)
        return rig
    }
}

extension SweepPlan {
    static func test(
        _ levels: Levels, budget: String? = nil, dwell: Double = 10, shortest: Double? = nil,
        longest: Double? = nil
    ) throws -> SweepPlan {
        SweepPlan(
            levels: levels, dwell: .seconds(dwell), warmUp: .seconds(2),
            shortestDwell: shortest.map { .seconds($0) }, longestDwell: longest.map { .seconds($0) },
            budget: try budget.map { try LatencyBudget(parsing: $0) })
    }
}
