import Measure
import Testing

@Suite struct BudgetVerdictTests {
    /// Of the sample level, whose answers all have a TTFT of 50 ms and a TPOT of 10 ms.
    private func judged(
        _ text: String, answers: Int = 600, failed: Int = 0, kind: FailureKind = .serverError,
        errorLimit: Double = 0.05, _ change: (inout LevelResult) -> Void = { _ in }
    ) throws -> LevelResult {
        let context = TrustContext(errorLimit: errorLimit, budget: try LatencyBudget(parsing: text))
        return LevelResult.judged(context, answers: answers, failed: failed, kind: kind, change)
    }

    private func verdict(_ text: String, answers: Int = 600, failed: Int = 0) throws -> BudgetVerdict? {
        try judged(text, answers: answers, failed: failed).budgetVerdict
    }

    @Test func heldAndBroken() throws {
        #expect(try verdict("ttft:p95<51ms,tpot:mean<11ms,itl:p50<11ms,e2e:p99<700ms,error<1%") == .held)
        let level = try judged("ttft:p95<51ms,tpot:mean<9ms")
        #expect(level.budgetVerdict == .broken && level.budgetHeld == false)
        #expect(level.brokenBy?.limit == LatencyBudget.Limit(metric: .tpot(.mean), below: 9e6))
        #expect(level.findings.map(\.verdict) == [.held, .broken])
        // A limit is a limit.
        #expect(try verdict("ttft:p95<50ms") == .broken)
        #expect(try verdict("ttft:p95<50.001ms") == .held)
        let free = TrustContext(budget: LatencyBudget(limits: [], text: ""))
        #expect(LevelResult.judged(free).budgetVerdict == .held)
        #expect(LevelResult.sample().judged(context: TrustContext()).budgetVerdict == nil)
    }

    @Test func theOneThatWasPassedByMost() throws {
        let level = try judged("tpot:p50<9ms,ttft:p50<10ms,e2e:p50<9s")
        #expect(level.brokenBy?.limit.metric == .ttft(.percentile(.p50)))
        #expect(level.brokenBy?.excess == 5)
    }

    @Test func tooFewSamples() throws {
        #expect(try verdict("ttft:p99<51ms", answers: 500) == .undecided)
        #expect(try verdict("ttft:p95<51ms", answers: 106) == .undecided)
        #expect(try verdict("ttft:p95<51ms", answers: 107) == .held)
        #expect(try verdict("ttft:p50<51ms", answers: 0) == .undecided)
        #expect(try verdict("ttft:mean<51ms", answers: 0) == .undecided)
        #expect(try verdict("error<1%", answers: 0) == .undecided)
    }

    @Test func noDoubtWithFewSamples() throws {
        // Three of three at twice the limit.
        #expect(try verdict("ttft:p99<25ms", answers: 3) == .broken)
        #expect(try verdict("ttft:p95<25ms", answers: 3) == .broken)
    }

    @Test func twoOfTwentyFailedDecidesNothing() throws {
        let level = try judged("ttft:p50<1s", answers: 18, failed: 2)
        #expect(level.trust.contains(.errors) && level.budgetVerdict == .undecided)
        #expect(try judged("ttft:p50<1s", answers: 180, failed: 2).budgetVerdict == .held)
        let half = try judged("ttft:p50<1s", answers: 18, failed: 18)
        #expect(half.budgetVerdict == .broken && half.brokenBy?.limit.metric == .error)
    }

    @Test func aServerThatWentAwayBrokeNothing() throws {
        let level = try judged("ttft:p50<1s", answers: 18, failed: 18, kind: .connectionRefused)
        #expect(level.budgetVerdict == .undecided && level.trust.contains(.serverRestarted))
    }

    private func request(
        ttft: Double?, tokens: Int = 11, seconds: Double = 0.1, failure: FailureKind? = nil
    ) -> RequestRecord {
        let first = ttft.map { Moment.zero + .seconds($0) }
        let last = first.map { $0 + (tokens > 1 ? .seconds(seconds) : 0) }
        return RequestRecord(
            number: 1, endpoint: EndpointID(0), user: 0, turn: 0, intended: .zero, sent: .zero, first: first,
            last: last, end: last ?? .zero, outputTokens: tokens,
            failure: failure.map { RequestFailure(kind: $0, message: "") })
    }

    @Test func singleRequests() throws {
        // TPOT of the sample is 10 ms, E2E 150 ms.
        let budget = try LatencyBudget(
            parsing: "ttft:p95<100ms,tpot:p50<20ms,e2e:p99<1s,error<1%,itl:p50<1us")
        #expect(budget.allows(request(ttft: 0.05)) == true)
        #expect(budget.allows(request(ttft: 0.1)) == false)
        #expect(budget.allows(request(ttft: 0.05, seconds: 0.3)) == false)
        #expect(budget.allows(request(ttft: 0.05, tokens: 1)) == true)
        #expect(budget.allows(request(ttft: 0.05, failure: .inStream)) == false)
        #expect(budget.allows(request(ttft: nil, failure: .timeout)) == false)
        #expect(budget.allows(request(ttft: 0.05, failure: .cancelled)) == nil)
        #expect(try LatencyBudget(parsing: "error<1%,itl:p50<1s").allows(request(ttft: 0.05)) == nil)
    }
}
