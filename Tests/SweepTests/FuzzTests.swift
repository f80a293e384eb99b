import Measure
import Sweep
import Testing

/// Random keys and random nonsense at random moments. The rig checks each action as it comes.
@Suite struct FuzzTests {
    static func event(_ random: inout SplitMix64, now: Moment) -> SweepEvent {
        let level = Int.random(in: -1...6, using: &random)
        let count = { (random: inout SplitMix64) in
            Int.random(in: 0...9, using: &random) == 0 ? Int.max : Int.random(in: -3...60, using: &random)
        }
        switch Int.random(in: 0...12, using: &random) {
        case 0: return .start
        case 1, 2: return .steer(.adjustUsers(by: Int.random(in: -5...5, using: &random)))
        case 3: return .steer(.adjustUsers(by: Bool.random(using: &random) ? .max : .min))
        case 4, 5: return .steer(.nextLevel)
        case 6: return .steer(.repeatLevel)
        case 7, 8: return .steer(.pause)
        case 9, 10: return .steer(.resume)
        case 11:
            return .progress(
                LevelProgress(
                    level: level, usersServed: count(&random), completed: 100,
                    throughput: Estimate(mean: .nan, halfWidth: .infinity)))
        default: return .windowOpened(level: level + 100, at: now)
        }
    }

    @Test(arguments: 0..<60)
    func anyKeyInAnyStateAtAnyTime(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let budget = seed % 2 == 0 ? "ttft:p95<100ms" : nil
        let levels: SweepPlan.Levels = seed % 3 == 0 ? .list([1, 4, 9]) : .automatic(limit: 64)
        var rig = Rig(
            try .test(levels, budget: budget, shortest: 2, longest: 20), .hardKnee(at: 7), kneeLevels: 1)
        rig.send(.start)
        for _ in 0..<120 {
            rig.send(Self.event(&random, now: rig.now))
            for _ in 0..<Int.random(in: 0...40, using: &random) { rig.tick() }
        }
        rig.send(.steer(.stop))
        rig.run(ticks: 2)
        #expect(rig.sweep.isOver)
        #expect(rig.ends.count == 1)
    }

    @Test(arguments: 0..<100)
    func eventsWithoutSenseDoNotTrap(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var sweep = Sweep(plan: try .test(.automatic(limit: .max), budget: "ttft:p95<1ms,error<1%"))
        for step in 0..<300 {
            let now = Moment(nanoseconds: Int64(step) * .random(in: 0...2_000_000_000, using: &random))
            var event = Self.event(&random, now: now)
            switch Int.random(in: 0...5, using: &random) {
            case 0:
                event = .progress(
                    LevelProgress(
                        level: sweep.level?.level ?? 0, usersServed: .max, completed: .max, failed: .max,
                        windowOpened: now))
            case 1: event = .windowOpened(level: sweep.level?.level ?? 0, at: now)
            case 2:
                event = .levelFinished(
                    LevelResult(
                        endpoint: EndpointID(0), level: sweep.level?.level ?? 0,
                        load: .users(.random(in: -1...3, using: &random)), windowStart: now, windowEnd: now,
                        completed: 1, throughput: Estimate(mean: .nan, halfWidth: .nan)))
            default: break
            }
            let actions = sweep.handle(event, at: now)
            if sweep.isOver, !actions.isEmpty {
                #expect(actions.contains { if case .finished = $0 { true } else { false } })
            }
        }
        _ = sweep.handle(.steer(.stop), at: .zero)
        _ = sweep.handle(.steer(.stop), at: .zero)
        #expect(sweep.isOver)
    }
}
