import Measure
import Sweep
import Testing

@Suite struct LoadLineSearchTests {
    @Test(arguments: 1...200)
    func bisectionLandsOnTheExactNumber(position: Int) throws {
        let plan = try SweepPlan.test(
            .automatic(limit: 1024), budget: "ttft:p95<100ms,error<1%", dwell: 2)
        var model = ModelEndpoint.step(beyond: position)
        model.requestSeconds = 0.1
        let rig = Rig.run(plan, model)
        let line = try #require(LoadStandings(rig.results).line)
        #expect(line.load == .users(position))
        #expect(line.brokenAt == .users(position + 1))
        #expect(line.throughput == ModelEndpoint.step(beyond: position).throughput(position))
    }

    @Test(arguments: [8, 9, 15, 16, 100, 127])
    func aListIsRefined(position: Int) throws {
        let plan = try SweepPlan.test(.list([8, 64, 16, 128]), budget: "ttft:p95<100ms")
        let rig = Rig.run(plan, .step(beyond: position))
        #expect(rig.levels.prefix(4) == [8, 64, 16, 128])
        #expect(rig.ends == [.planDone])
        #expect(LoadStandings(rig.results).line?.load == .users(position))
    }

    @Test func belowTheSmallestLevel() throws {
        let plan = try SweepPlan.test(.list([16, 32]), budget: "ttft:p95<100ms")
        let rig = Rig.run(plan, .step(beyond: 5))
        #expect(LoadStandings(rig.results).line?.load == .users(5))
    }

    @Test func noneHolds() throws {
        let plan = try SweepPlan.test(.list([16, 32]), budget: "ttft:p95<10ms")
        let rig = Rig.run(plan, .step(beyond: 5))
        #expect(rig.levels == [16, 32, 8, 4, 2, 1])
        #expect(LoadStandings(rig.results).line == nil)
    }

    @Test func allHold() throws {
        let plan = try SweepPlan.test(.list([16, 32]), budget: "ttft:p95<10s")
        let rig = Rig.run(plan, .step(beyond: 5))
        #expect(rig.levels == [16, 32])
        let line = LoadStandings(rig.results).line
        #expect(line?.load == .users(32))
        #expect(line?.brokenAt == nil)
    }

    @Test func aListCanBeLeftAlone() throws {
        var plan = try SweepPlan.test(.list([16, 32]), budget: "ttft:p95<100ms")
        plan.bisects = false
        #expect(Rig.run(plan, .step(beyond: 20)).levels == [16, 32])
    }

    @Test(arguments: [300, 999, 1500])
    func largeCountsAreFoundToThreePercent(position: Int) throws {
        let plan = try SweepPlan.test(.automatic(limit: 4096), budget: "ttft:p95<100ms")
        let rig = Rig.run(plan, .step(beyond: position))
        let line = try #require(LoadStandings(rig.results).line)
        #expect(line.load <= .users(position))
        #expect((Double(position) - line.load.amount) <= 0.03 * Double(position))
        #expect(rig.results.count < 25)
    }

    @Test(arguments: [(8, 40.0), (20, 20), (40, 10), (1, 10)])
    func theWindowStretchesForTheSamplesOfAPercentile(users: Int, seconds: Double) throws {
        // Half a second a request; 542 samples it takes. One user would not have them after four times the dwell
        // either, and isn't waited for.
        var model = ModelEndpoint.step(beyond: 50)
        model.fewestAnswers = 542
        let plan = try SweepPlan.test(.list([users]), budget: "ttft:p99<1s", longest: 40)
        let rig = Rig.run(plan, model)
        #expect(abs((rig.results.first?.duration.inSeconds ?? 0) - seconds) < 0.3)
    }

    @Test func throughputIsWaitedForOnceWhereTheBudgetIsDecided() throws {
        var model = ModelEndpoint.step(beyond: 50)
        model.width = { _ in 0.5 }
        let plan = try SweepPlan.test(.list([8]), budget: "ttft:p95<1s", longest: 40)
        #expect(abs((Rig.run(plan, model).results.first?.duration.inSeconds ?? 0) - 20) < 0.3)
    }

    @Test func withTooFewSamplesTheSearchStillEnds() throws {
        var model = ModelEndpoint.step(beyond: 3)
        model.fewestAnswers = 542
        let plan = try SweepPlan.test(.automatic(limit: 64), budget: "ttft:p99<100ms")
        let rig = Rig.run(plan, model)
        #expect(rig.levels.contains(3) && rig.levels.contains(4))
        // Too few for p99 at three users, so the line only seems to be there.
        let line = LoadStandings(rig.results).line
        #expect(line?.load == .users(3) && line?.heldAt == nil)
    }

    @Test func theEdgesOfWhatIsUndecidedAreLookedFor() throws {
        var model = ModelEndpoint.step(beyond: 6)
        model.undecided = [5, 6, 7]
        let plan = try SweepPlan.test(.automatic(limit: 16), budget: "ttft:p95<100ms")
        let rig = Rig.run(plan, model)
        #expect(rig.levels == [1, 2, 4, 8, 16, 6, 7, 5])
        let line = LoadStandings(rig.results).line
        #expect(line?.load == .users(6) && line?.heldAt == .users(4) && line?.brokenAt == .users(8))
        let doubt = LoadStandings(rig.results).doubt
        #expect(doubt?.from == .users(5) && doubt?.upTo == .users(7))
    }

    @Test func theSearchGivesUpWhereMuchIsUndecided() throws {
        var model = ModelEndpoint.step(beyond: 100)
        model.undecided = Set(60...200)
        let plan = try SweepPlan.test(.automatic(limit: 512), budget: "ttft:p95<100ms")
        let rig = Rig.run(plan, model)
        #expect(rig.levels.count < 22)
        let line = LoadStandings(rig.results).line
        #expect(line?.load == .users(100))
        #expect((line?.heldAt ?? .users(0)) >= .users(48) && (line?.brokenAt ?? .users(999)) <= .users(224))
    }

    @Test func whatContradictsItsNeighboursIsRunAgainOnce() throws {
        let plan = try SweepPlan.test(.list([1, 2, 4, 8]), budget: "ttft:p95<100ms")
        var model = ModelEndpoint.step(beyond: 100)
        model.latency = { $0 == 2 ? 300 : 50 }
        var fluke = Rig(plan, model)
        fluke.send(.start)
        fluke.tick { $0.results.count == 2 }
        fluke.model.latency = { _ in 50 }
        fluke.run()
        #expect(fluke.levels == [1, 2, 4, 2, 8])
        #expect(LoadStandings(fluke.results).line?.isOpen == true)
        let stubborn = Rig.run(plan, model)
        #expect(stubborn.levels.prefix(5) == [1, 2, 4, 2, 8])
        #expect(LoadStandings(stubborn.results).line?.load == .users(1))
    }
}
