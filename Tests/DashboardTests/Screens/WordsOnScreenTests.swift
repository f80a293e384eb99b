import Canvas
import Charts
import Measure
import Testing

@testable import Dashboard

/// What must be said, is said.
@Suite struct WordsOnScreenTests {
    private func text(_ snapshot: Snapshot, _ width: Int = 120, _ height: Int = 40, keys: [Key] = [])
        -> String
    {
        var dashboard = Fixture.dashboard()
        for key in keys { _ = dashboard.handle(key, snapshot: snapshot, now: snapshot.at) }
        return dashboard.draw(snapshot, width: width, height: height, now: snapshot.at).text
    }

    @Test func troubleIsToldInWords() {
        let text = text(Fixture.trouble)
        for words in [
            "32 users: client-bound", "no space left on device", "rate limited (HTTP 429)",
        ] {
            #expect(text.contains(words))
        }
    }

    @Test func oneTroubleAloneIsToldInFull() {
        var snapshot = Fixture.sweep
        snapshot.endpoints[0].failed = 2
        snapshot.endpoints[0].history[59].failed = 2
        snapshot.endpoints[0].lastFailure = RequestFailure(
            kind: .rateLimited, status: 429, message: "slow down", retryAfter: 12 * .second)
        let words = "2 requests failed, last: rate limited (HTTP 429): slow down, retry in 12 s"
        #expect(text(snapshot).contains(words))
    }

    @Test func aFailureIsNotToldTwice() {
        let failure = RequestFailure(
            kind: .inStream, status: 200, message: "error in the stream: The engine has died.")
        #expect(Words.failure(failure) == "error in the stream: The engine has died.")
        let bare = RequestFailure(kind: .timeout, status: nil, message: "timed out")
        #expect(Words.failure(bare) == "timed out")
    }

    @Test func theEndSaysWhyAndHowToLeave() {
        for (end, words) in [
            (SweepEnd.plateau, "plateau found"), (.planDone, "all levels run"),
            (.overBudget, "far over budget"), (.errors, "too many errors"), (.stopped, "stopped"),
        ] {
            var snapshot = Fixture.finished
            snapshot.endpoints[0].phase = .done(end)
            let text = text(snapshot, 80, 24)
            #expect(text.contains("done: \(words)") && text.contains("DONE") && text.contains("q quit"))
            #expect(text.contains("load line 96") && text.contains("plateau 6 049"))
        }
    }

    @Test func percentilesOfTooFewSamplesAreNotShown() {
        var snapshot = Fixture.sweep
        snapshot.endpoints[0].live?.ttft = Fixture.distribution(median: 77e6, spread: 0.1, count: 40)
        let row = text(snapshot).split(separator: "\n").first { $0.contains("◉     32") } ?? ""
        #expect(row.contains("77 ms") && row.contains(" – "))
    }

    @Test func everyTrustFlagIsExplained() {
        for flag in TrustFlag.allCases {
            #expect(
                Glossary.trust.entries.contains {
                    $0.word == flag.label && $0.meaning.hasSuffix(flag.explanation)
                })
            // The table's word for it is there as well.
            #expect(
                Glossary.trust.entries.contains {
                    $0.word == Words.short(flag) || $0.meaning.hasPrefix("\"\(Words.short(flag))\"")
                })
        }
        let words = Glossary.measures.entries.map(\.word)
        for word in ["TTFT", "TPOT", "ITL", "E2E", "plateau", "load line", "± CI"] {
            #expect(words.contains(word))
        }
    }

    @Test func ownLagIsToldInProportion() {
        func line(lag: Double) -> String {
            var snapshot = Fixture.finished
            for index in snapshot.endpoints[0].levels.indices {
                snapshot.endpoints[0].levels[index].trust = [.clientBound, .unsteady]
                snapshot.endpoints[0].levels[index].lag = LagSummary(readP99: lag)
            }
            return text(snapshot)
        }
        let slight = line(lag: 20e6)
        #expect(
            slight.contains(
                "! 96 users: client-bound, unsteady; own lag p99 20 ms against TTFT p99 ")
                && slight.contains(", tails"))
        let grave = line(lag: 90e6)
        #expect(grave.contains("own lag p99 90 ms against TTFT p99 ") && grave.contains("too busy here"))
    }

    @Test func aLoopWithoutTimeToSpareIsTold() {
        var snapshot = Fixture.finished
        for index in snapshot.endpoints[0].levels.indices {
            snapshot.endpoints[0].levels[index].trust = [.clientBound]
            snapshot.endpoints[0].levels[index].lag = LagSummary(loopCPUShare: 0.93)
        }
        #expect(
            text(snapshot).contains("client-bound; an event loop was busy for 93 % of the time, too busy"))
    }

    /// While it goes on and when it is over, on the smallest common screen.
    @Test func whyRequestsFailedIsSaid() {
        for var snapshot in [Fixture.sweep, Fixture.finished] {
            snapshot.endpoints[0].failed = 12
            snapshot.endpoints[0].failures = [.rateLimited: 8, .timeout: 4]
            snapshot.endpoints[0].history[59].failed = 2
            snapshot.endpoints[0].lastFailure = RequestFailure(
                kind: .rateLimited, status: 429, message: "slow down")
            let small = text(snapshot, 80, 24)
            #expect(
                small.contains("! 12 failed: 8 × rate limited, 4 × timed out, last: rate limited (HTTP 42"))
            #expect(text(snapshot).contains("4 × timed out, last: rate limited (HTTP 429): slow down"))
        }
    }

    @Test func fewAnswersAreSaidWithoutAWarning() {
        let rows = text(Fixture.finished).split(separator: "\n").filter { $0.contains("✓") }
        #expect(rows.contains { $0.contains("ok n=31") && !$0.contains("!") })
        #expect(rows.contains { $0.contains("ok  ") })
    }

    @Test func whyUsersWereIdleIsSaid() {
        var snapshot = Fixture.finished
        for index in snapshot.endpoints[0].levels.indices {
            snapshot.endpoints[0].levels[index].trust = [.usersIdle]
            snapshot.endpoints[0].levels[index].occupancy = Occupancy(out: 1, connecting: 0, waiting: 9)
        }
        #expect(text(snapshot).contains("! 96 users: users idle: waiting after failures"))
    }

    @Test func whatCameThroughABufferIsNamedSo() {
        var snapshot = Fixture.finished
        for index in snapshot.endpoints[0].levels.indices {
            snapshot.endpoints[0].levels[index].trust = [.buffered]
            snapshot.endpoints[0].levels[index].bufferedAnswers =
                snapshot.endpoints[0].levels[index].completed
        }
        let text = text(snapshot, 200, 60)
        #expect(text.contains("TTFT through the buffer") && text.contains("TPOT of the buffer"))
        #expect(text.contains("! 96 users: buffered"))
        #expect(!self.text(Fixture.finished, 200, 60).contains("buffer"))
    }

    @Test func slowIsNotNothing() {
        var snapshot = Fixture.sweep
        snapshot.endpoints[0].live?.throughput.mean = 0.499
        #expect(text(snapshot).contains(" 0.50 "))
    }

    @Test func theVerdictIsNotCoveredByDoubts() {
        var snapshot = Fixture.finished
        for index in snapshot.endpoints[0].levels.indices {
            snapshot.endpoints[0].levels[index].trust = [.clientBound]
        }
        #expect(text(snapshot, 50, 15).contains("load line 96"))
    }

    @Test func warmingUpTellsHowFarItIs() {
        var snapshot = Fixture.sweep
        snapshot.endpoints[0].phase = .warmingUp(since: snapshot.at - 3 * .second)
        snapshot.endpoints[0].level?.load = .users(16)
        snapshot.endpoints[0].usersServed = 12
        #expect(text(snapshot).contains("warming up  3 s, 12 of 16 served"))
    }

    @Test func theLoadLineBelowEveryLevelIsSaid() {
        var snapshot = Fixture.finished
        snapshot.endpoints[0].loadLine = nil
        for index in snapshot.endpoints[0].levels.indices {
            snapshot.endpoints[0].levels[index].budgetHeld = false
        }
        #expect(text(snapshot).contains("below every level"))
    }

    @Test func withoutColourStatesAreStillTold() {
        let marks = text(Fixture.finished)
        #expect(marks.contains("✓") && marks.contains("✗") && marks.contains("! idle, unsteady"))
        #expect(text(Fixture.several).contains("●") && text(Fixture.several).contains("◆"))
    }

    @Test func theBudgetIsBrokenWhereItFirstBreaks() {
        var snapshot = Fixture.finished
        // Bisection runs higher levels before lower ones.
        snapshot.endpoints[0].levels.reverse()
        #expect(text(snapshot).contains("✗ broken at 128"))
        snapshot.endpoints[0].levels[1].budgetHeld = false
        #expect(text(snapshot).contains("✗ broken at 96"))
    }

    @Test func whatBrokeIsMarkedBesideItsLimit() {
        var snapshot = Fixture.finished
        let limit = LatencyBudget.Limit(metric: .ttft(.percentile(.p95)), below: 900e6)
        for (index, value) in [(3, 950e6), (4, 980e6)] {
            var finding = LimitFinding(
                limit: limit, evidence: LimitEvidence(value: value, samples: 9, beyond: 3, clumping: 1.33))
            finding.verdict = index == 4 ? .broken : .undecided
            snapshot.endpoints[0].levels[index].findings = [finding]
            snapshot.endpoints[0].levels[index].budgetHeld = index == 4 ? false : nil
        }
        let rows = text(snapshot, 200, 60).split(separator: "\n")
        #expect(rows.contains { $0.contains("?") && $0.contains("950/900 ms") })
        #expect(rows.contains { $0.contains("✗") && $0.contains("980/900 ms") })
    }

    @Test func anEndpointThatWentAwayBrokeNothing() {
        var snapshot = Fixture.finished
        snapshot.endpoints[0].phase = .done(.errors)
        snapshot.endpoints[0].lastFailure = RequestFailure(kind: .connectionRefused, message: "nobody")
        let start = snapshot.session.started.moment
        snapshot.endpoints[0].outage = Outage(since: start + 13 * .second, kind: .connectionRefused, count: 8)
        let screen = text(snapshot, 200, 60)
        #expect(screen.contains("load line: unknown") && screen.contains("GONE"))
        #expect(
            screen.contains("the endpoint went away at 00:00:13 (connection refused ×8); held at 96 so far"))
    }

    @Test func aLevelCutShortShowsNoRatesThatItCannotBear() {
        var snapshot = Fixture.finished
        let last = snapshot.endpoints[0].levels.count - 1
        snapshot.endpoints[0].levels[last].throughput = Estimate(mean: 7_654, halfWidth: nil)
        #expect(text(snapshot, 200, 60).contains("7 654"))
        snapshot.endpoints[0].levels[last].trust = [.cutShort]
        #expect(!text(snapshot, 200, 60).contains("7 654"))
    }

    @Test func tooManyErrorsAreNoSlowness() {
        var snapshot = Fixture.finished
        snapshot.endpoints[0].phase = .done(.errors)
        for index in snapshot.endpoints[0].levels.indices where index > 2 {
            snapshot.endpoints[0].levels[index].budgetHeld = false
            snapshot.endpoints[0].levels[index].trust = [.errors]
        }
        #expect(text(snapshot, 200, 60).contains("✗ too many errors at 8"))
    }

    @Test func endpointsAreComparedUnderAsManyUsers() throws {
        func row(_ snapshot: Snapshot) throws -> String {
            let lines = text(snapshot, 200, 60).split(separator: "\n")
            return String(try #require(lines.first { $0.contains("│◆") && $0.contains("FP8") }))
        }
        var snapshot = Fixture.several
        let users = snapshot.endpoints[1].users
        #expect(try row(snapshot).contains("%"))
        // The first has gone on to another number of users, and had as many before.
        snapshot.endpoints[0].users = users * 2
        var before = try #require(snapshot.endpoints[0].levels.last)
        before.load = .users(users)
        before.throughput.mean = snapshot.endpoints[1].tokensPerSecond * 2
        snapshot.endpoints[0].levels.append(before)
        #expect(try row(snapshot).contains("-50 %"))
        // It never had as many.
        snapshot.endpoints[0].levels.removeAll { $0.concurrency == users }
        #expect(!(try row(snapshot).contains("%")))
        // A warm-up is compared with nothing.
        snapshot = Fixture.several
        snapshot.endpoints[1].phase = .warmingUp(since: snapshot.at)
        #expect(!(try row(snapshot).contains("%")))
    }

    @Test func theCurveShowsWhatTheBudgetLimits() throws {
        var snapshot = Fixture.sweep
        #expect(text(snapshot).contains("p95 E2E over tokens/s"))
        snapshot.budget = try LatencyBudget(parsing: "tpot:p95<40ms")
        #expect(text(snapshot).contains("p95 TPOT over tokens/s"))
        #expect(text(snapshot, keys: [.character("y")]).contains("p95 E2E over tokens/s"))
        snapshot.budget = nil
        #expect(text(snapshot).contains("p95 E2E over tokens/s"))
        // Of a figure that it limits otherwise that is shown, with its line.
        snapshot.budget = try LatencyBudget(parsing: "tpot:p50<15ms")
        #expect(text(snapshot).contains("p50 TPOT over tokens/s") && text(snapshot).contains("budget 15 ms"))
        snapshot.budget = try LatencyBudget(parsing: "ttft:mean<1s,ttft:p95<2s")
        #expect(text(snapshot).contains("p95 TTFT over tokens/s"))
    }

    @Test func aPausedLevelKeepsItsRow() {
        var snapshot = Fixture.sweep
        snapshot.endpoints[0].phase = .paused
        snapshot.endpoints[0].live = nil
        let rows = text(snapshot).split(separator: "\n").filter { $0.contains("PAUSED") }
        #expect(
            rows.count == 2 && rows.contains { $0.hasPrefix("│◉") }, "the status line, and the level's row")
    }

    @Test func endpointsInFullAreComparedAtEachLoad() {
        let full = text(Fixture.several, keys: [.character("8")])
        #expect(full.contains("at each load, differences to the first endpoint"))
        #expect(full.contains(Fixture.several.endpoints[1].info.url.text))
        #expect(!text(Fixture.several).contains("at each load"))
    }

    @Test func theLevelsInFullSayWhichRunThisIs() {
        let full = text(Fixture.finished, keys: [.character("5")])
        #expect(full.contains("run \(Fixture.finished.session.runID)"))
        #expect(full.contains("the same again: plimsoll"))
        #expect(!full.contains("$/M out"))
        var priced = Fixture.finished
        priced.session.plan?.prices = Prices(own: .perHour(2))
        #expect(text(priced, keys: [.character("5")]).contains("$/M out"))
        #expect(!text(priced).contains("$/M out"))
    }

    @Test func aSoakTestIsShownOverTime() throws {
        var snapshot = Fixture.sweep
        let sweep = try #require(snapshot.session.plan?.sweep)
        snapshot.session.plan?.sweep = sweep.held(for: 3600 * .second)
        #expect(text(snapshot).contains("over time: tokens/s and p95 E2E"))
        #expect(text(snapshot).contains("the first slice makes the first point"))
        let level = try #require(snapshot.endpoints[0].levels.first)
        snapshot.slices = (0..<3).map { place in
            var slice = level
            let start = level.windowStart + Int64(place) * 60 * .second
            (slice.level, slice.windowStart, slice.windowEnd) = (place, start, start + 60 * .second)
            return slice
        }
        let shown = text(snapshot)
        #expect(shown.contains("00:02:00") && shown.contains("3 slices") && shown.contains("minutes"))
        #expect(!shown.contains("the first slice makes"))
    }

    @Test func aFilterSaysHowManyItLetsThrough() {
        let keys: [Key] = [.character("/"), .character("1"), .character("6"), .enter]
        #expect(text(Fixture.sweep, keys: keys).contains("1 of 5: filter \"16\""))
    }

    @Test func quittingWithoutARecordingSaysSo() {
        var snapshot = Fixture.sweep
        #expect(text(snapshot, keys: [.character("q")]).contains("the recording is kept"))
        snapshot.recording = .off
        #expect(text(snapshot, keys: [.character("q")]).contains("nothing was recorded"))
    }

    @Test func theFooterOffersOnlyWhatWorks() {
        let over = text(Fixture.finished).split(separator: "\n").last ?? ""
        #expect(!over.contains("next level") && over.contains("q quit") && over.contains("? help"))
        let one = text(Fixture.sweep).split(separator: "\n").last ?? ""
        #expect(!one.contains("endpoint") && one.contains("1-5 panel"))
        let several = text(Fixture.several).split(separator: "\n").last ?? ""
        #expect(several.contains("endpoint") && several.contains("1-5 8 panel"))
        let watched = text(Fixture.watched).split(separator: "\n").last ?? ""
        #expect(watched.contains("1-7 panel"))
        let back = text(Fixture.sweep, keys: [.left]).split(separator: "\n").last ?? ""
        #expect(back.contains("Esc back"))
    }
}
