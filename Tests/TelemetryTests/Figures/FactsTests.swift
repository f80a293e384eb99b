import Measure
import Testing

@testable import Telemetry

@Suite struct FactsTests {
    /// Sound, then its cache is full and it preempts, then sound again.
    @Test func fromPagesToFindings() throws {
        var watched = Watched()
        var log = DiagnosisLog()
        var seen: [Int: [Diagnosis]] = [:]
        for second in 0...600 {
            let isFull = (200..<400).contains(second)
            try watched.take(
                """
                vllm:num_requests_running{engine="0"} 4
                vllm:num_requests_waiting{engine="0"} \(isFull ? second - 199 : 0)
                vllm:kv_cache_usage_perc{engine="0"} \(isFull ? 0.97 : 0.6)
                vllm:num_preemptions_total{engine="0"} \(min(max(second - 200, 0), 200))
                vllm:generation_tokens_total{engine="0"} \(100 * second)
                vllm:request_success_total{engine="0",finished_reason="stop"} \(second)

                """, at: Double(second))
            let facts = try #require(
                watched.history.facts(at: Moment(nanoseconds: Int64(second) * .second), budget: nil))
            seen[second] = log.look(at: facts).map(\.diagnosis)
        }
        #expect(seen[199] == [])
        #expect(seen[229] == [])
        #expect(seen[231] == [.kvFull, .queueGrows])
        #expect(seen[300] == [.preempting, .kvFull, .queueGrows])
        #expect(seen[470] == [])
        #expect(seen[600] == [])
    }

    @Test func anEngineThatIsSlow() throws {
        func page(_ n: Int) -> String {
            (0..<3).map { engine in
                "vllm:num_requests_running{engine=\"\(engine)\"} \(engine == 1 ? 20 : 5)\n"
            }.joined()
        }
        let watched = try Watched.twice(page(0), page(10))
        let facts = try #require(watched.history.facts(at: Moment(nanoseconds: 10 * .second), budget: nil))
        #expect(facts.apart.map(\.place) == [1] && facts.engines == ["0", "1", "2"])
        #expect(Diagnosis.engineApart.sentence(facts) == "engine 1: 20 run, 5 on the others")
    }

    /// Twelve users on eight places, as captured: 900 ms is what they don't get.
    @Test func aBudgetOnRealPages() throws {
        var watched = Watched()
        let times = try Capture.times("vllm")
        for page in ["18", "19", "20", "21", "22"] {
            try watched.take(
                try Capture.bytes("series/vllm-\(page).txt"), at: try #require(times[page]) - Watched.epoch)
        }
        let end = Moment(nanoseconds: .seconds(try #require(times["22"]) - Watched.epoch))
        let facts = try #require(
            watched.history.facts(
                at: end,
                budget: try LatencyBudget(parsing: "ttft:mean<900ms,tpot:mean<100ms,ttft:p95<20s")))
        #expect(facts.attainments.map(\.verdict) == [.broken, .held, .held])
    }
}
