import Measure
import Testing

@Suite struct BudgetVerdictTests {
    private func verdict(
        _ text: String, _ change: (inout LevelResult) -> Void = { _ in }
    ) throws -> LatencyBudget.Verdict {
        var level = LevelResult.sample()
        change(&level)
        return try LatencyBudget(parsing: text).verdict(on: level)
    }

    @Test func heldAndBroken() throws {
        #expect(try verdict("ttft:p95<51ms,tpot:mean<11ms,itl:p50<11ms,e2e:p99<700ms,error<1%") == .held)
        let limit = LatencyBudget.Limit(metric: .tpot(.mean), below: 9e6)
        #expect(try verdict("ttft:p95<51ms,tpot:mean<9ms") == .broken([limit]))
        // A limit is a limit.
        #expect(try verdict("ttft:p95<50ms") != .held)
        #expect(try verdict("error<0.3%") != .held)
        #expect(LatencyBudget(limits: [], text: "").verdict(on: .sample()) == .held)
    }

    @Test func tooFewSamples() throws {
        #expect(try verdict("ttft:p99<51ms") { $0.ttft = .constant(50e6, count: 40) } == .unknown)
        #expect(try verdict("ttft:p95<51ms") { $0.ttft = .constant(50e6, count: 40) } == .held)
        #expect(try verdict("ttft:p50<51ms") { $0.ttft = .empty } == .unknown)
        #expect(try verdict("ttft:mean<51ms") { $0.ttft = .empty } == .unknown)
        #expect(
            try verdict("error<1%") {
                $0.completed = 0
                $0.failed = 0
            } == .unknown)
    }

    @Test func noDoubtWithFewSamples() throws {
        // Three of three at twice the limit.
        #expect(try verdict("ttft:p99<25ms") { $0.ttft = .constant(50e6, count: 3) } != .unknown)
        #expect(try verdict("ttft:p50<25ms") { $0.ttft = .constant(50e6, count: 1) } != .unknown)
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

    @Test func samplesNeeded() throws {
        #expect(try LatencyBudget(parsing: "ttft:p95<1s,tpot:p50<1s").samplesNeeded == 20)
        #expect(try LatencyBudget(parsing: "ttft:p99<1s").samplesNeeded == 100)
        #expect(try LatencyBudget(parsing: "error<1%").samplesNeeded == 1)
    }
}
