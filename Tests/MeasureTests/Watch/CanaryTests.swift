import Testing

@testable import Measure

@Suite struct CanaryTests {
    @Test func whatTheyCost() {
        var count = CanaryCount()
        count.add(
            CanaryAnswer(
                ttft: 1, e2e: 2, promptTokens: 30, outputTokens: 16,
                beforehand: TokensSpent(requests: 3, tokens: 120)))
        count.add(CanaryAnswer(ttft: nil, e2e: nil, promptTokens: 0, outputTokens: 0, failure: "refused"))
        #expect(count.sent == 2 && count.failed == 1 && count.tokens == 166)
        // As only a file that was made up has it.
        count.add(CanaryAnswer(ttft: nil, e2e: nil, promptTokens: .max, outputTokens: 1))
        #expect(count.tokens == .max)
    }

    @Test(arguments: [(0, Attainment.Verdict.broken), (11, .broken), (12, .idle), (13, .idle)])
    func aServerThatAnsweredNobodyElseIsIdle(own: Int, verdict: Attainment.Verdict) throws {
        var figures = ServerFigures()
        figures.ttft = LatencyFigures(count: 12, mean: 2e9, buckets: nil)
        let budget = try LatencyBudget(parsing: "ttft:mean<1s")
        #expect(budget.attainments(in: figures, own: own).map(\.verdict) == [verdict])
    }

    /// What this program asked is nobody's habit, and no error of others.
    @Test func itsOwnRequestsAreNoFinding() {
        var figures = ServerFigures()
        figures.elapsed = 300 * .second
        figures.ended = 60
        figures.finished = [FinishCount(reason: "length", count: 60)]
        figures.errors = 3
        figures.errorShare = 0.05
        func facts(own requests: Int, failed: Int) -> WatchFacts {
            var facts = WatchFacts(
                at: .zero, scrape: figures, minute: figures, fiveMinutes: figures, quarterHour: figures,
                hour: figures)
            let answer = CanaryAnswer(ttft: 1, e2e: 1, promptTokens: 1, outputTokens: 1)
            for _ in 0..<requests - failed { facts.ownFiveMinutes.add(answer) }
            for _ in 0..<failed {
                var failing = answer
                failing.failure = "x"
                facts.ownMinute.add(failing)
            }
            return facts
        }
        let none = facts(own: 0, failed: 0)
        #expect(Diagnosis.truncated.holds(none) && Diagnosis.errors.holds(none))
        let few = facts(own: 15, failed: 1)
        #expect(Diagnosis.truncated.holds(few) && Diagnosis.errors.holds(few))
        let most = facts(own: 20, failed: 2)
        #expect(!Diagnosis.truncated.holds(most) && !Diagnosis.errors.holds(most))
    }
}
