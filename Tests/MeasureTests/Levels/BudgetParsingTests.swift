import Testing

@testable import Measure

@Suite struct BudgetParsingTests {
    @Test func theWholeLanguage() throws {
        let text =
            "ttft:p95<900ms, TPOT:P50 < 40MS,e2e:p99<=10s,itl:mean<50.5µs,tpot:p90<7us,error<1%,error≤0.25"
        let budget = try LatencyBudget(parsing: text)
        #expect(budget.text == text)
        #expect(
            budget.limits == [
                .init(metric: .ttft(.percentile(.p95)), below: 900e6),
                .init(metric: .tpot(.percentile(.p50)), below: 40e6),
                .init(metric: .e2e(.percentile(.p99)), below: 10e9),
                .init(metric: .itl(.mean), below: 50_500),
                .init(metric: .tpot(.percentile(.p90)), below: 7_000),
                .init(metric: .error, below: 0.01), .init(metric: .error, below: 0.25),
            ])
        #expect(try LatencyBudget(parsing: "ttft:p95<1\u{3BC}s").limits.first?.below == 1000)
    }

    @Test func names() throws {
        let budget = try LatencyBudget(parsing: "MLPerf:llama3.1-8b-interactive, error<1%")
        #expect(
            budget.limits == [
                .init(metric: .ttft(.percentile(.p99)), below: 500e6),
                .init(metric: .tpot(.percentile(.p99)), below: 30e6), .init(metric: .error, below: 0.01),
            ])
        #expect(budget.text == "MLPerf:llama3.1-8b-interactive, error<1%", "as typed")
        #expect(budget.words == budget.text + " (ttft:p99<500ms,tpot:p99<30ms,error<1%)")
        #expect(try LatencyBudget(parsing: "ttft:p95<1s").words == "ttft:p95<1s")
        for name in NamedBudget.names {
            let limits = try LatencyBudget(parsing: name).limits
            #expect(!limits.isEmpty && limits.allSatisfy { $0.metric.statistic == .percentile(.p99) })
        }
        #expect(NamedBudget.names.count == Set(NamedBudget.names).count)
        #expect(BudgetError.unknownName("mlperf:x").description.contains("mlperf:deepseek-r1-server"))
    }

    @Test(arguments: [
        ("", BudgetError.empty), (" , ", .empty), ("ttft:p95", .notALimit("ttft:p95")),
        ("ttft:p95<", .notALimit("ttft:p95<")), ("<900ms", .notALimit("<900ms")),
        ("ttfb:p95<900ms", .unknownMetric("ttfb")), ("ttft<900ms", .missingStatistic(metric: "ttft")),
        ("ttft:<900ms", .missingStatistic(metric: "ttft")),
        ("ttft:p96<900ms", .unknownStatistic("p96", metric: "ttft")),
        ("ttft:p95:p99<900ms", .unknownStatistic("p95:p99", metric: "ttft")),
        ("ttft:p95<900m", .unknownUnit("m", metric: "ttft")),
        ("ttft:p95<900", .unknownUnit("", metric: "ttft")),
        ("ttft:p95<nanms", .badNumber("nanms", metric: "ttft")),
        ("ttft:p95<-1ms", .badNumber("-1ms", metric: "ttft")),
        ("ttft:p95<0ms", .badNumber("0ms", metric: "ttft")),
        ("ttft:p95<1.2.3ms", .badNumber("1.2.3ms", metric: "ttft")),
        ("ttft:p95<infs", .badNumber("infs", metric: "ttft")),
        ("error:p95<1%", .needlessStatistic("p95")), ("error<1ms", .unknownUnit("ms", metric: "error")),
        ("error<0%", .badShare("0%")), ("error<101%", .badShare("101%")), ("error<7", .badShare("7")),
        ("mlperf:llama9", .unknownName("mlperf:llama9")), ("mlperf:", .unknownName("mlperf:")),
    ])
    func mistakes(text: String, error: BudgetError) {
        #expect(throws: error) { try LatencyBudget(parsing: text) }
        #expect(!error.description.contains("\n"))
    }

    @Test func mistakesListWhatExists() {
        #expect(BudgetError.unknownMetric("x").description.contains("ttft, tpot, itl, e2e, error"))
        #expect(
            BudgetError.unknownStatistic("x", metric: "e2e").description.contains("mean, p50, p90, p95, p99"))
        #expect(BudgetError.unknownUnit("x", metric: "e2e").description.contains("µs (or us), ms, s"))
    }

    @Test func whatWasTypedComesBackHarmless() {
        let text = BudgetError.unknownMetric("\u{1B}[2J\n" + String(repeating: "x", count: 500)).description
        #expect(!text.unicodeScalars.contains { $0.value < 32 })
        #expect(text.count < 150)
    }
}
