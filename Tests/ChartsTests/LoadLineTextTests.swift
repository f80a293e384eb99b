import Charts
import Measure
import Testing

@Suite struct LoadLineTextTests {
    private static func finding(
        _ verdict: BudgetVerdict, _ value: Double, of limit: LatencyBudget.Limit, samples: Int = 41
    ) -> LimitFinding {
        var finding = LimitFinding(
            limit: limit,
            evidence: LimitEvidence(
                value: value, samples: samples, beyond: 0, clumping: 1.33, generations: 30))
        finding.verdict = verdict
        return finding
    }

    private static let ttft = LatencyBudget.Limit(metric: .ttft(.percentile(.p95)), below: 900e6)

    private static func level(_ number: Int, _ users: Int, _ verdict: BudgetVerdict, ms: Double)
        -> LevelResult
    {
        var level = LevelResult(
            endpoint: EndpointID(0), level: number, load: .users(users), windowStart: .zero,
            windowEnd: .zero + 80 * .second, completed: 41)
        level.findings = [finding(verdict, ms * 1e6, of: ttft)]
        level.budgetHeld = verdict == .undecided ? nil : verdict == .held
        return level
    }

    private static func text(
        _ levels: [LevelResult], phase: Phase = .done(.planDone), outage: Outage? = nil
    ) -> LoadLineText? {
        let standings = LoadStandings(levels)
        let endpoint = EndpointSnapshot(
            info: EndpointInfo(id: EndpointID(0), url: "http://a", label: "a", model: "m", dialect: "chat"),
            phase: phase, failed: outage?.count ?? 0,
            lastFailure: outage.map { RequestFailure(kind: $0.kind, message: "nobody") }, levels: levels,
            loadLine: standings.line, loadDoubt: standings.doubt, outage: outage)
        return LoadLineText(endpoint, since: .zero)
    }

    @Test func certain() {
        let line = Self.text([Self.level(0, 4, .held, ms: 500), Self.level(1, 8, .broken, ms: 1_000)])
        #expect(line?.line == "4 users" && line?.doubt == nil && line?.hint == nil && line?.isKnown == true)
        #expect(Self.text([Self.level(0, 8, .held, ms: 500)])?.line == "≥ 8 users")
        #expect(Self.text([Self.level(0, 8, .broken, ms: 1_000)])?.line == "below every level")
        #expect(Self.text([]) == nil)
    }

    @Test func undecided() {
        let levels = [
            Self.level(0, 2, .held, ms: 500), Self.level(1, 4, .undecided, ms: 700),
            Self.level(2, 5, .undecided, ms: 800), Self.level(3, 8, .undecided, ms: 950),
            Self.level(4, 16, .broken, ms: 2_000),
        ]
        let text = Self.text(levels)
        #expect(text?.line == "5 users" && text?.doubt == "4–8 undecided; p95 from 41 answers")
        // 41 answers in 80 s; 107 it takes, with a fifth to spare.
        #expect(text?.hint == "--dwell 90s decides")
        let none = Self.text([Self.level(0, 1, .undecided, ms: 950)])
        #expect(none?.line == "unknown" && none?.doubt == "1 undecided; p95 from 41 answers")
        #expect(none?.isKnown == false)
    }

    @Test func goneIsNotBroken() {
        let outage = Outage(since: .zero + 13 * .second, kind: .connectionRefused, count: 8)
        let levels = [Self.level(0, 2, .held, ms: 500), Self.level(1, 4, .undecided, ms: 700)]
        let text = Self.text(levels, phase: .done(.errors), outage: outage)
        #expect(text?.line == "unknown" && text?.isKnown == false)
        #expect(
            text?.doubt
                == "the endpoint went away at 00:00:13 (connection refused ×8); held at 2 so far")
        // It was away for a while, and came back.
        #expect(Self.text(levels, outage: outage)?.line == "≥ 4 users")
    }

    @Test func measuredAgainstItsLimit() {
        func text(_ metric: LatencyBudget.Metric, _ value: Double, _ below: Double) -> String {
            Format.against(Self.finding(.broken, value, of: .init(metric: metric, below: below)))
        }
        #expect(text(.ttft(.percentile(.p95)), 575e6, 900e6) == "575/900 ms")
        #expect(text(.ttft(.percentile(.p95)), 1_240e6, 900e6) == "1240/900 ms")
        #expect(text(.tpot(.mean), 20.6e6, 20e6) == "20.6/20 ms")
        #expect(text(.e2e(.percentile(.p99)), 12.34e9, 1.5e9) == "12.3/1.50 s")
        #expect(text(.itl(.percentile(.p50)), 900e3, 500e3) == "900/500 µs")
        #expect(text(.error, 0.06, 0.05) == "6/5 %")
        #expect(text(.ttft(.mean), .nan, 900e6).hasSuffix("/900 ms"))
    }
}
