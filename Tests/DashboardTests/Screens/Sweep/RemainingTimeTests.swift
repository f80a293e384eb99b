import Measure
import Testing

@testable import Dashboard

@Suite struct RemainingTimeTests {
    private func text(_ snapshot: Snapshot) -> String? {
        RemainingTime(snapshot.endpoints[0], snapshot)?.text
    }

    @Test func thePlansLevelsAreCounted() {
        // 13 s of this window, and three levels of 24 s each.
        #expect(text(Fixture.sweep) == "~85 s")
        var first = Fixture.warmingUp
        // Nothing is finished: as long as the plan says, nine times 22 s but the two that have gone by.
        #expect(text(first) == "~4 min")
        first.endpoints[0].level?.planned = nil
        // Ten doublings lead to the limit.
        #expect(text(first) == "≤ 4 min")
    }

    @Test func aSearchBetweenTwoLevelsHasAnEnd() {
        var snapshot = Fixture.sweep
        snapshot.endpoints[0].loadLine = LoadLine(load: .users(16), throughput: 1500, brokenAt: .users(24))
        #expect(text(snapshot) == "≤ 85 s")
    }

    @Test func endpointsWhoseTurnComesLaterCount() throws {
        var snapshot = Fixture.several
        let alone = try #require(text(snapshot))
        snapshot.session.plan?.oneAfterAnother = true
        #expect(text(snapshot) == alone, "nobody waits")
        snapshot.endpoints[1].phase = .discovering
        #expect(text(snapshot) != alone)
    }

    @Test func whereNothingRunsNothingIsSaid() {
        var paused = Fixture.sweep
        paused.endpoints[0].phase = .paused
        #expect(text(paused) == nil && text(Fixture.finished) == nil && text(Fixture.discovering) == nil)
        var planless = Fixture.sweep
        planless.session.plan = nil
        #expect(text(planless) == nil)
        for snapshot in Fixture.degenerate {
            for endpoint in snapshot.endpoints { _ = RemainingTime(endpoint, snapshot) }
        }
    }
}
