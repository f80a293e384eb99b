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
            "client-bound, own lag p99 14 ms", "no space left on device", "rate limited (HTTP 429)",
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
        let words = "2 requests failed, the last: rate limited (HTTP 429): slow down, retry in 12 s"
        #expect(text(snapshot).contains(words))
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
            #expect(Glossary.trust.contains { $0.word == flag.label && $0.meaning == flag.explanation })
        }
        let words = Glossary.measures.map(\.word)
        for word in ["TTFT", "TPOT", "ITL", "E2E", "plateau", "load line", "± CI"] {
            #expect(words.contains(word))
        }
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
        #expect(marks.contains("✓") && marks.contains("✗") && marks.contains("! Little's law"))
        #expect(text(Fixture.several).contains("●") && text(Fixture.several).contains("◆"))
    }

    @Test func theFooterOffersOnlyWhatWorks() {
        let over = text(Fixture.finished).split(separator: "\n").last ?? ""
        #expect(!over.contains("next level") && over.contains("q quit") && over.contains("? help"))
        let one = text(Fixture.sweep).split(separator: "\n").last ?? ""
        #expect(!one.contains("endpoint") && one.contains("1-5 panel"))
        let several = text(Fixture.several).split(separator: "\n").last ?? ""
        #expect(several.contains("endpoint") && several.contains("1-6 panel"))
        let back = text(Fixture.sweep, keys: [.left]).split(separator: "\n").last ?? ""
        #expect(back.contains("Esc back"))
    }
}
