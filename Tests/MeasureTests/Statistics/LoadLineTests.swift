import Measure
import Testing

@Suite struct LoadLineTests {
    private static let limit = LatencyBudget.Limit(metric: .ttft(.percentile(.p95)), below: 100e6)

    /// Of a level with so many answers of `ms` over a budget of 100 ms.
    private func level(_ number: Int, _ users: Int, ms: Double, count: Int = 200) -> LevelResult {
        var result = LevelResult.sample(
            level: number, users: users, throughput: Estimate(mean: Double(users) * 10, halfWidth: nil))
        result.ttft = .constant(ms * 1e6, count: count)
        let evidence = LimitEvidence(
            value: ms * 1e6, samples: count, beyond: ms >= 100 ? count : 0, clumping: 1.33, generations: 30)
        result.findings = [LimitFinding(limit: Self.limit, evidence: evidence)]
        return result.judged(
            context: TrustContext(budget: LatencyBudget(limits: [Self.limit], text: "ttft:p95<100ms")))
    }

    @Test func theLargestBelowTheFirstThatBroke() {
        let levels = [
            level(0, 16, ms: 300), level(1, 4, ms: 50), level(2, 8, ms: 90), level(3, 12, ms: 100),
            level(4, 32, ms: 20),
        ]
        #expect(
            LoadStandings(levels).line
                == LoadLine(load: .users(8), throughput: 80, brokenAt: .users(12), heldAt: .users(8)))
        #expect(LoadStandings(levels).doubt == nil)
    }

    @Test func noneHeldOrNoneBroke() {
        #expect(LoadStandings([]).line == nil)
        #expect(LoadStandings([level(0, 1, ms: 200), level(1, 2, ms: 50)]).line == nil)
        let held = LoadStandings([level(0, 1, ms: 20), level(1, 2, ms: 50)]).line
        #expect(held == LoadLine(load: .users(2), throughput: 20, brokenAt: nil, heldAt: .users(2)))
        #expect(held?.isOpen == true)
    }

    @Test func whatIsUndecidedIsSaid() {
        let levels = [
            level(0, 1, ms: 20), level(1, 2, ms: 20), level(2, 4, ms: 80, count: 41),
            level(3, 5, ms: 90, count: 41), level(4, 8, ms: 100, count: 1), level(5, 16, ms: 300),
        ]
        let line = LoadStandings(levels).line
        #expect(line?.load == .users(5) && line?.heldAt == .users(2) && line?.brokenAt == .users(16))
        #expect(line?.isOpen == false)
        let doubt = LoadStandings(levels).doubt
        #expect(doubt?.from == .users(4) && doubt?.upTo == .users(8))
        #expect(doubt?.finding?.evidence.samples == 41)
        // 41 answers in 20 s; 107 it takes, by the end of four dwells and with a fifth to spare: 16 s.
        #expect(doubt?.dwell == 20 * .second)
    }

    @Test func aFewAnswersBelowALoadThatHeldDoNotMatter() {
        let levels = [level(0, 1, ms: 20, count: 7), level(1, 2, ms: 20), level(2, 4, ms: 200)]
        #expect(LoadStandings(levels).line?.load == .users(2))
        #expect(LoadStandings(levels).doubt == nil)
    }

    @Test func whatOnlySeemsToHoldIsNoCertainty() {
        let levels = [level(0, 1, ms: 20), level(1, 2, ms: 50, count: 7)]
        let line = LoadStandings(levels).line
        #expect(line?.load == .users(2) && line?.heldAt == .users(1) && line?.isOpen == true)
        let nothing = LoadStandings([level(0, 1, ms: 20, count: 7)]).line
        #expect(nothing?.load == .users(1) && nothing?.heldAt == nil)
        #expect(LoadStandings([level(0, 1, ms: 130, count: 2)]).line == nil)
    }

    @Test(arguments: [TrustFlag.cutShort, .serverRestarted, .clientStoodStill])
    func theLastWordCountsUnlessItWasSpoiled(flag: TrustFlag) {
        var levels = [level(0, 2, ms: 20), level(1, 4, ms: 200), level(2, 4, ms: 20)]
        #expect(LoadStandings(levels).line?.load == .users(4))
        levels[2].trust = [flag]
        #expect(LoadStandings(levels).line?.load == .users(2))
        #expect(LoadStandings(levels.reversed()).line?.load == .users(2))
    }

    @Test func contradictions() {
        let levels = [level(0, 1, ms: 20), level(1, 2, ms: 200), level(2, 4, ms: 20), level(3, 8, ms: 300)]
        #expect(levels.map { $0.contradicts(levels) } == [false, true, true, false])
        // The last word counts.
        let again = levels + [level(4, 2, ms: 20)]
        #expect(again.map { $0.contradicts(again) } == [false, true, false, false, false])
        #expect(!level(4, 2, ms: 20, count: 9).contradicts(levels))
    }
}
