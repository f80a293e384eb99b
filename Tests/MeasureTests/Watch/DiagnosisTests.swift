import Testing

@testable import Measure

@Suite struct DiagnosisTests {
    /// A server that does well.
    private static func sound(at second: Int = 0) -> WatchFacts {
        var figures = ServerFigures()
        figures.elapsed = 3_600 * .second
        figures.running = 4
        figures.waiting = 0
        figures.waitingForOthers = 0
        figures.kvUsage = 0.5
        figures.isAsleep = false
        figures.meanLoad = 4
        figures.meanWaiting = 0
        figures.generatedTokens = 5000
        figures.promptTokens = 1000
        figures.computedTokensPerSecond = 100
        figures.ended = 100
        figures.errors = 0
        figures.errorShare = 0
        figures.finished = [FinishCount(reason: "stop", count: 90), FinishCount(reason: "length", count: 10)]
        figures.rejectionsPerSecond = 0
        figures.failedTransfersPerSecond = 0
        figures.preemptionsPerSecond = 0
        figures.prefixQueriesPerSecond = 100
        figures.prefixHitRate = 0.6
        figures.speculation = Speculation(acceptance: 0.7, length: 2.4, byPosition: [])
        figures.queue = LatencyFigures(count: 100, mean: 0.1e9, buckets: nil)
        figures.itl = itl(20e6)
        return WatchFacts(
            at: Moment(nanoseconds: Int64(second) * .second), scrape: figures, minute: figures,
            fiveMinutes: figures, quarterHour: figures, hour: figures)
    }

    private static func itl(_ bound: Double) -> LatencyFigures {
        LatencyFigures(
            count: 100, mean: nil, buckets: BucketCounts(bounds: [bound, .infinity], counts: [100, 0]))
    }

    private static func attainment(_ verdict: Attainment.Verdict) -> Attainment {
        Attainment(
            limit: LatencyBudget.Limit(metric: .ttft(.percentile(.p95)), below: 0.9e9), share: 0.5...0.6,
            answers: 100, verdict: verdict)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var diagnosis: Diagnosis
        var raise: @Sendable (inout WatchFacts) -> Void
        var testDescription: String { diagnosis.rawValue }
    }

    private static let cases = [
        Case(diagnosis: .gone) { $0.isGone = true },
        // It doesn't say what it generates.
        Case(diagnosis: .notServing) {
            ($0.scrape.running, $0.scrape.waiting, $0.scrape.generatedTokens) = (0, 3, nil)
        },
        Case(diagnosis: .notServing) {
            ($0.scrape.running, $0.scrape.waiting) = (0, 3)
            ($0.scrape.generatedTokens, $0.scrape.promptTokens) = (0, 0)
        },
        Case(diagnosis: .notServing) { ($0.scrape.generatedTokens, $0.scrape.promptTokens) = (0, 0) },
        Case(diagnosis: .canaryFails) {
            $0.failingCanaries = FailingCanaries(
                count: 2, since: Moment(nanoseconds: .second), words: "connection refused")
        },
        Case(diagnosis: .budgetBroken) { $0.attainments = [attainment(.held), attainment(.broken)] },
        Case(diagnosis: .errors) { ($0.minute.errors, $0.minute.errorShare) = (2, 0.02) },
        Case(diagnosis: .preempting) { $0.minute.preemptionsPerSecond = 0.2 },
        Case(diagnosis: .kvFull) { $0.scrape.kvUsage = 0.97 },
        Case(diagnosis: .queueGrows) {
            ($0.scrape.waiting, $0.recentWaiting, $0.minute.meanWaiting) = (5, 4, 3)
        },
        Case(diagnosis: .queueBound) {
            $0.quarterHour.queue?.mean = 31e9
            $0.minute.meanWaiting = 1
        },
        Case(diagnosis: .loadShed) { $0.minute.rejectionsPerSecond = 0.1 },
        Case(diagnosis: .transfersFail) { $0.minute.failedTransfersPerSecond = 0.1 },
        Case(diagnosis: .overLoadLine) { $0.loadLine = 3 },
        Case(diagnosis: .kvHigh) { $0.scrape.kvUsage = 0.86 },
        Case(diagnosis: .engineApart) {
            $0.engines = ["0", "1"]
            $0.apart = [Apart(place: 1, figure: .ttft, value: 3e9, median: 1e9)]
        },
        Case(diagnosis: .serverApart) {
            $0.apartFromOthers = [Apart(place: 0, figure: .running, value: 20, median: 5)]
        },
        Case(diagnosis: .deferred) { $0.scrape.waitingForOthers = 2 },
        Case(diagnosis: .prefillStarves) {
            $0.minute.itl = itl(60e6)
            $0.minute.computedTokensPerSecond = 300
        },
        Case(diagnosis: .hitRateFell) { $0.fiveMinutes.prefixHitRate = 0.3 },
        Case(diagnosis: .acceptanceFell) { $0.fiveMinutes.speculation?.acceptance = 0.4 },
        Case(diagnosis: .restarted) { $0.lastRestart = $0.at },
        Case(diagnosis: .asleep) { $0.scrape.isAsleep = true },
        Case(diagnosis: .truncated) {
            $0.fiveMinutes.finished = [
                FinishCount(reason: "length", count: 60), FinishCount(reason: "stop", count: 40),
            ]
        },
        Case(diagnosis: .cacheUseless) { ($0.fiveMinutes.prefixHitRate, $0.hour.prefixHitRate) = (0, 0) },
        Case(diagnosis: .speculationUseless) { $0.fiveMinutes.speculation?.length = 1.02 },
    ]

    @Test func everyRuleHasACase() {
        #expect(Set(Self.cases.map(\.diagnosis)) == Set(Diagnosis.allCases))
    }

    @Test(arguments: cases)
    func raisesItAndNothingElse(some: Case) {
        var log = DiagnosisLog()
        #expect(log.look(at: Self.sound()) == [])
        for second in [1, 20, 40, 100] {
            var facts = Self.sound(at: second)
            some.raise(&facts)
            let stands = some.diagnosis.patience <= Int64(second - 1) * .second
            let findings = log.look(at: facts)
            #expect(findings.map(\.diagnosis) == (stands ? [some.diagnosis] : []))
            for finding in findings {
                #expect(finding.since == Moment(nanoseconds: .second))
                #expect(!finding.sentence.text.isEmpty && !finding.sentence.text.contains("–"))
                #expect(!finding.diagnosis.usualCause.text.isEmpty)
            }
        }
        // What is over has been over for a while.
        let calm = Int(some.diagnosis.calm / .second)
        if calm > 0 {
            #expect(log.look(at: Self.sound(at: 99 + calm)).map(\.diagnosis) == [some.diagnosis])
        }
        #expect(log.look(at: Self.sound(at: 100 + max(1, calm))) == [])
    }

    /// A break begins the time anew.
    @Test func thirtySecondsWithoutABreak() {
        var log = DiagnosisLog()
        for second in 0..<200 {
            var facts = Self.sound(at: second)
            if second % 25 != 0 { facts.scrape.kvUsage = 0.99 }
            #expect(log.look(at: facts) == [])
        }
    }

    /// The limits themselves, as operators have them.
    @Test func atItsLimit() {
        let limits: [(Diagnosis, below: Double, at: Double, (inout WatchFacts, Double) -> Void)] = [
            (.kvFull, 0.9499, 0.95, { $0.scrape.kvUsage = $1 }),
            (.kvHigh, 0.8499, 0.85, { $0.scrape.kvUsage = $1 }),
            (.errors, 0.01, 0.0101, { ($0.minute.errors, $0.minute.errorShare) = (5, $1) }),
            (
                .queueBound, 30e9, 30.1e9,
                {
                    $0.quarterHour.queue?.mean = $1
                    $0.minute.meanWaiting = 1
                }
            ),
            (.overLoadLine, 48, 48.1, { ($0.loadLine, $0.minute.meanLoad) = (48, $1) }),
            // Usually 60 % and 70 %.
            (.hitRateFell, -0.43, -0.41, { $0.fiveMinutes.prefixHitRate = -$1 }),
            (.acceptanceFell, -0.5, -0.48, { $0.fiveMinutes.speculation?.acceptance = -$1 }),
            (
                .queueGrows, 4.2, 4.3,
                { ($0.scrape.waiting, $0.minute.meanWaiting, $0.recentWaiting) = (1, 4, $1) }
            ),
            (.deferred, -0.85, -0.84, { ($0.scrape.waitingForOthers, $0.scrape.kvUsage) = (1, -$1) }),
            (.speculationUseless, -1.1, -1.09, { $0.fiveMinutes.speculation?.length = -$1 }),
            (.cacheUseless, -0.01, -0.009, { $0.fiveMinutes.prefixHitRate = -$1 }),
            (
                .truncated, 50, 51,
                {
                    $0.fiveMinutes.finished = [
                        FinishCount(reason: "length", count: $1),
                        FinishCount(reason: "stop", count: 100 - $1),
                    ]
                }
            ),
        ]
        for (diagnosis, below, at, set) in limits {
            for (value, isSo) in [(below, false), (at, true)] {
                var facts = Self.sound()
                set(&facts, value)
                #expect(diagnosis.holds(facts) == isSo, "\(diagnosis) at \(value)")
            }
        }
    }

    /// Whoever has nothing to do has nothing against them, but for what they had before.
    @Test func anIdleServer() {
        var idle = ServerFigures()
        idle.elapsed = 3_600 * .second
        (idle.running, idle.waiting, idle.meanLoad, idle.meanWaiting, idle.kvUsage) = (0, 0, 0, 0, 0)
        (idle.generatedTokens, idle.promptTokens, idle.ended, idle.errors) = (0, 0, 0, 0)
        (idle.prefixQueriesPerSecond, idle.preemptionsPerSecond) = (0, 0)
        var busy = idle
        busy.queue = LatencyFigures(count: 100, mean: 40e9, buckets: nil)
        busy.prefixHitRate = 0.6
        var facts = WatchFacts(
            at: .zero, scrape: idle, minute: idle, fiveMinutes: idle, quarterHour: busy, hour: busy)
        (facts.recentWaiting, facts.loadLine) = (0, 48)
        for diagnosis in Diagnosis.allCases { #expect(!diagnosis.holds(facts), "\(diagnosis)") }
    }

    @Test func whatIsNotSaidIsNotSo() {
        let nothing = ServerFigures()
        let facts = WatchFacts(
            at: .zero, scrape: nothing, minute: nothing, fiveMinutes: nothing, quarterHour: nothing,
            hour: nothing)
        for diagnosis in Diagnosis.allCases { #expect(!diagnosis.holds(facts)) }
    }

    @Test func nearMisses() {
        let misses: [(Diagnosis, (inout WatchFacts) -> Void)] = [
            (.notServing, { ($0.scrape.running, $0.scrape.waiting) = (0, 0) }),
            // Counted at the end of a request: nothing for a minute may be one long answer.
            (
                .notServing,
                {
                    $0.scrape.tokensCountAtEnd = true
                    ($0.scrape.generatedTokens, $0.scrape.promptTokens) = (0, 0)
                }
            ),
            // None runs at this moment, and tokens move.
            (.notServing, { ($0.scrape.running, $0.scrape.waiting) = (0, 3) }),
            (.canaryFails, { $0.failingCanaries = FailingCanaries(count: 1, since: .zero, words: "late") }),
            (.budgetBroken, { $0.attainments = [Self.attainment(.undecided), Self.attainment(.idle)] }),
            (.errors, { ($0.minute.errors, $0.minute.errorShare) = (1, 0.05) }),
            (
                .queueGrows,
                { ($0.scrape.waiting, $0.recentWaiting, $0.minute.meanWaiting) = (5, 5, 5) }
            ),
            (.overLoadLine, { $0.loadLine = 5 }),
            (.deferred, { ($0.scrape.waitingForOthers, $0.scrape.kvUsage) = (2, 0.99) }),
            (.prefillStarves, { $0.minute.itl = Self.itl(60e6) }),
            (.hitRateFell, { ($0.fiveMinutes.prefixHitRate, $0.hour.elapsed) = (0.3, 60 * .second) }),
            (.hitRateFell, { ($0.fiveMinutes.prefixHitRate, $0.fiveMinutes.ended) = (0.3, 3) }),
            (
                .speculationUseless,
                {
                    $0.fiveMinutes.speculation?.length = 1
                    $0.fiveMinutes.generatedTokens = 100
                }
            ),
            (.truncated, { $0.fiveMinutes.finished = [FinishCount(reason: "length", count: 10)] }),
            (
                .cacheUseless,
                { ($0.fiveMinutes.prefixHitRate, $0.fiveMinutes.prefixQueriesPerSecond) = (0, 0.1) }
            ),
        ]
        for (diagnosis, miss) in misses {
            var facts = Self.sound()
            miss(&facts)
            #expect(!diagnosis.holds(facts), "\(diagnosis)")
        }
    }

    @Test func whatIsGoneIsOnlyGone() {
        var facts = Self.sound()
        facts.isGone = true
        facts.scrape.kvUsage = 1
        facts.minute.preemptionsPerSecond = 1
        #expect(Diagnosis.allCases.filter { $0.holds(facts) } == [.gone])
    }

    @Test func figuresInSentences() {
        var facts = Self.sound()
        facts.scrape.kvUsage = 0.968
        facts.minute.preemptionsPerSecond = 11.0 / 60
        #expect(Diagnosis.preempting.sentence(facts) == "preempts 11 requests a minute, KV 97 %")
        facts.quarterHour.queue?.mean = 31.26e9
        #expect(Diagnosis.queueBound.sentence(facts) == "requests wait 31.3 s on average")
        #expect(facts.minute.firstTokenSplit == nil)
        facts.minute.ttft = LatencyFigures(count: 5, mean: 3.1e9, buckets: nil)
        facts.minute.queue = LatencyFigures(count: 5, mean: 2.7e9, buckets: nil)
        facts.minute.prefill = LatencyFigures(count: 5, mean: 0.4e9, buckets: nil)
        #expect(facts.minute.firstTokenSplit == "TTFT 3.1 s = queue 2.7 s + prefill 400 ms")
        facts.attainments = [Self.attainment(.broken)]
        #expect(
            Diagnosis.budgetBroken.sentence(facts)
                == "the budget is broken over the last minute: TTFT 60 % within")
    }
}
