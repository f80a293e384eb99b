import Measure
import Sweep
import Testing

@Suite struct LoadLineSearchTests {
    @Test(arguments: 1...200)
    func bisectionLandsOnTheExactNumber(position: Int) throws {
        let plan = try SweepPlan.test(
            .automatic(limit: 1024), budget: "ttft:p95<100ms,error<1%", dwell: 2)
        let budget = try #require(plan.budget)
        var model = ModelEndpoint.step(beyond: position)
        model.requestSeconds = 0.1
        let rig = Rig.run(plan, model)
        let line = try #require(LoadLine.find(levels: rig.results, budget: budget))
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
        let budget = try #require(plan.budget)
        #expect(LoadLine.find(levels: rig.results, budget: budget)?.load == .users(position))
    }

    @Test func belowTheSmallestLevel() throws {
        let plan = try SweepPlan.test(.list([16, 32]), budget: "ttft:p95<100ms")
        let rig = Rig.run(plan, .step(beyond: 5))
        let budget = try #require(plan.budget)
        #expect(LoadLine.find(levels: rig.results, budget: budget)?.load == .users(5))
    }

    @Test func noneHolds() throws {
        let plan = try SweepPlan.test(.list([16, 32]), budget: "ttft:p95<10ms")
        let rig = Rig.run(plan, .step(beyond: 5))
        #expect(rig.levels == [16, 32, 8, 4, 2, 1])
        let budget = try #require(plan.budget)
        #expect(LoadLine.find(levels: rig.results, budget: budget) == nil)
    }

    @Test func allHold() throws {
        let plan = try SweepPlan.test(.list([16, 32]), budget: "ttft:p95<10s")
        let rig = Rig.run(plan, .step(beyond: 5))
        #expect(rig.levels == [16, 32])
        let budget = try #require(plan.budget)
        let line = LoadLine.find(levels: rig.results, budget: budget)
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
        let budget = try #require(plan.budget)
        let line = try #require(LoadLine.find(levels: rig.results, budget: budget))
        #expect(line.load <= .users(position))
        #expect((Double(position) - line.load.amount) <= 0.03 * Double(position))
        #expect(rig.results.count < 25)
    }

    @Test func theWindowStretchesForTheSamplesOfAPercentile() throws {
        // One user, half a second a request: 20 samples take ten seconds, 100 take fifty.
        let plan = try SweepPlan.test(.list([1]), budget: "ttft:p99<1s", longest: 120)
        let rig = Rig.run(plan, .step(beyond: 5))
        #expect((rig.results.first?.completed ?? 0) >= 100)
        #expect((rig.results.first?.duration.inSeconds ?? 0) < 52)
    }

    @Test func withTooFewSamplesTheSearchStillEnds() throws {
        let plan = try SweepPlan.test(.automatic(limit: 64), budget: "ttft:p99<100ms")
        let rig = Rig.run(plan, .step(beyond: 3))
        #expect(rig.levels.contains(3) && rig.levels.contains(4))
        // Too few for p99 at three users, so the line is not claimed there.
        let budget = try #require(plan.budget)
        #expect(LoadLine.find(levels: rig.results, budget: budget) == nil)
    }
}
