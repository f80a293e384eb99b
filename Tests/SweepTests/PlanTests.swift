import Measure
import Sweep
import Testing

@Suite struct PlanTests {
    @Test func aListIsRunAsGiven() throws {
        let rig = Rig.run(try .test(.list([1, 4, 2, 4])), .hardKnee(at: 20))
        #expect(rig.levels == [1, 4, 2, 4])
        #expect(rig.ends == [.planDone])
        #expect(rig.starts.map(\.planned) == [4, 4, 4, 4])
        #expect(rig.cuts == [false, false, false, false])
        #expect(rig.steadies == [true, true, true, true])
        #expect(rig.results.allSatisfy { abs($0.duration.inSeconds - 10) <= 0.2 })
    }

    @Test func usersStayBetweenLevels() throws {
        let rig = Rig.run(try .test(.list([2, 8])), .hardKnee(at: 20))
        let counts = rig.actions.compactMap { if case .offer(.users(let count)) = $0 { count } else { nil } }
        #expect(counts == [2, 8, 0])
    }

    @Test func anEmptyListIsDoneAtOnce() throws {
        let rig = Rig.run(try .test(.list([])), .hardKnee(at: 20))
        #expect(rig.ends == [.planDone])
        #expect(rig.levels.isEmpty)
    }

    @Test func nonsenseInAListIsTamed() throws {
        let rig = Rig.run(try .test(.list([0, -5, .max])), .hardKnee(at: 20))
        #expect(rig.levels == [1, 1, Sweep.mostUsers])
    }

    @Test(arguments: [1, 3, 20, 64, 100, 700])
    func doublingFindsThePlateau(knee: Int) throws {
        let rig = Rig.run(try .test(.automatic(limit: 4096)), .hardKnee(at: knee))
        #expect(rig.ends == [.plateau])
        #expect((rig.levels.last ?? 0) >= 2 * knee)
        #expect((rig.levels.last ?? 0) <= 8 * knee)
        let plateau = try #require(Plateau.find(levels: rig.results))
        #expect(plateau.reached)
        #expect(abs(plateau.throughput / (100 * Double(knee)) - 1) < 0.03)
    }

    @Test func aLookAtTheKnee() throws {
        let rig = Rig.run(try .test(.automatic(limit: 4096)), .hardKnee(at: 20), kneeLevels: 2)
        #expect(rig.levels == [1, 2, 4, 8, 16, 32, 64, 128, 23, 19])
        #expect(Plateau.find(levels: rig.results)?.load == .users(23))
    }

    @Test func doublingStopsAtTheLimit() throws {
        let rig = Rig.run(try .test(.automatic(limit: 20)), .hardKnee(at: 1000))
        #expect(rig.levels == [1, 2, 4, 8, 16, 20])
        #expect(rig.ends == [.planDone])
        #expect(Plateau.find(levels: rig.results)?.reached == false)
        #expect(Rig.run(try .test(.automatic(limit: -3)), .hardKnee(at: 9)).levels == [1])
    }

    @Test func aBudgetFarBehindEndsDoubling() throws {
        let rig = Rig.run(
            try .test(.automatic(limit: 4096), budget: "ttft:p95<100ms"), .step(beyond: 5, to: 500))
        #expect(rig.levels == [1, 2, 4, 8, 6, 5])
        #expect(rig.ends == [.overBudget])
    }

    @Test func withABudgetDoublingLooksBeyondThePlateau() throws {
        // Saturated at 4, but the latency lasts until 50.
        let model = ModelEndpoint(throughput: { Double(min($0, 4)) * 100 }, latency: { $0 <= 50 ? 20 : 200 })
        let plan = try SweepPlan.test(.automatic(limit: 4096), budget: "ttft:p95<100ms")
        let rig = Rig.run(plan, model)
        #expect(rig.ends == [.plateau])
        let line = LoadStandings(rig.results).line
        #expect(line?.load == .users(50))
        #expect(line?.brokenAt == .users(51))
    }

    @Test func twoRunsAreTheSame() throws {
        let plan = try SweepPlan.test(.automatic(limit: 512), budget: "ttft:p95<100ms")
        #expect(Rig.run(plan, .step(beyond: 37)).actions == Rig.run(plan, .step(beyond: 37)).actions)
    }
}
