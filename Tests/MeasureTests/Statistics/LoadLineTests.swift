import Measure
import Testing

@Suite struct LoadLineTests {
    private let budget = LatencyBudget(
        limits: [.init(metric: .ttft(.percentile(.p95)), below: 100e6)], text: "ttft:p95<100ms")

    private func level(_ number: Int, _ users: Int, ms: Double, count: Int = 200) -> LevelResult {
        var result = LevelResult.sample(
            level: number, users: users, throughput: Estimate(mean: Double(users) * 10, halfWidth: nil))
        result.ttft = .constant(ms * 1e6, count: count)
        return result
    }

    @Test func theLargestBelowTheFirstThatBroke() {
        let levels = [
            level(0, 16, ms: 300), level(1, 4, ms: 50), level(2, 8, ms: 90), level(3, 12, ms: 100),
            level(4, 32, ms: 20),
        ]
        #expect(
            LoadLine.find(levels: levels, budget: budget)
                == LoadLine(load: .users(8), throughput: 80, brokenAt: .users(12)))
    }

    @Test func noneHeldOrNoneBroke() {
        #expect(LoadLine.find(levels: [], budget: budget) == nil)
        #expect(LoadLine.find(levels: [level(0, 1, ms: 200), level(1, 2, ms: 50)], budget: budget) == nil)
        let held = LoadLine.find(levels: [level(0, 1, ms: 20), level(1, 2, ms: 50)], budget: budget)
        #expect(held == LoadLine(load: .users(2), throughput: 20, brokenAt: nil))
    }

    @Test func tooFewSamplesSayNothing() {
        let levels = [level(0, 1, ms: 20), level(1, 2, ms: 50, count: 7)]
        #expect(LoadLine.find(levels: levels, budget: budget)?.load == .users(1))
    }

    @Test(arguments: [TrustFlag.cutShort, .serverRestarted, .clientStoodStill])
    func theLastWordCountsUnlessItWasSpoiled(flag: TrustFlag) {
        var levels = [level(0, 2, ms: 20), level(1, 4, ms: 200), level(2, 4, ms: 20)]
        #expect(LoadLine.find(levels: levels, budget: budget)?.load == .users(4))
        levels[2].trust = [flag]
        #expect(LoadLine.find(levels: levels, budget: budget)?.load == .users(2))
        #expect(LoadLine.find(levels: levels.reversed(), budget: budget)?.load == .users(2))
    }

    @Test func errorsAreNoService() {
        var levels = [level(0, 2, ms: 20), level(1, 4, ms: 20)]
        levels[1].trust = [.errors]
        #expect(LoadLine.find(levels: levels, budget: budget)?.load == .users(2))
    }
}
