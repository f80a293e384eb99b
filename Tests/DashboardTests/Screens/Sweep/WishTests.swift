import Canvas
import Measure
import Testing

@testable import Dashboard

/// What is said after a key is what became.
@Suite struct WishTests {
    private func notice(_ dashboard: inout Dashboard, _ snapshot: Snapshot, after span: Nanoseconds)
        -> String?
    {
        _ = dashboard.draw(snapshot, width: 80, height: 24, now: snapshot.at + span)
        return dashboard.shell.view.notice.map { ($0.isError ? "! " : "") + $0.text }
    }

    private func press(_ keys: String, on dashboard: inout Dashboard, _ snapshot: Snapshot = Fixture.sweep) {
        for key in keys { _ = dashboard.handle(.character(key), snapshot: snapshot, now: snapshot.at) }
    }

    @Test func usersAreToldWhenTheyAreThere() {
        var dashboard = Fixture.dashboard()
        press("++", on: &dashboard)
        #expect(notice(&dashboard, Fixture.sweep, after: .second) == "asked for 36 users")
        var later = Fixture.sweep
        later.endpoints[0].level?.load = .users(40)
        #expect(notice(&dashboard, later, after: 2 * .second) == "40 users now, +8")
        // It's said once.
        dashboard.notify("something else", now: later.at)
        #expect(notice(&dashboard, later, after: 3 * .second) == "something else")
    }

    @Test func whatDidNotComeAboutIsToldToo() {
        var dashboard = Fixture.dashboard()
        press("r", on: &dashboard)
        #expect(
            notice(&dashboard, Fixture.sweep, after: 30 * .second)
                == "! nothing came of it: asked for this level again")
        var other = Fixture.dashboard()
        press("n", on: &other)
        #expect(notice(&other, Fixture.finished, after: .second) == "! the sweep ended before that")
    }

    @Test func levelsAndPauses() {
        var next = Fixture.sweep
        next.endpoints[0].level = LevelStart(endpoint: EndpointID(0), level: 6, load: .users(64), planned: 9)
        var paused = Fixture.sweep
        paused.endpoints[0].phase = .paused
        for (key, before, after, words) in [
            ("n", Fixture.sweep, next, "the next level runs: 64 users"),
            ("r", Fixture.sweep, next, "64 users run again"),
            ("p", Fixture.sweep, paused, "the load is paused: p goes on"),
            ("p", paused, next, "the load goes on: 64 users"),
        ] {
            var dashboard = Fixture.dashboard()
            press(key, on: &dashboard, before)
            #expect(notice(&dashboard, after, after: .second) == words)
        }
    }

    @Test func aMarkIsToldWhenItIsKept() {
        var dashboard = Fixture.dashboard()
        press("mhi", on: &dashboard)
        _ = dashboard.handle(.enter, snapshot: Fixture.sweep, now: Fixture.sweep.at)
        #expect(notice(&dashboard, Fixture.sweep, after: .second) == nil)
        var later = Fixture.sweep
        later.marks = [Mark(at: later.at, note: "hi")]
        #expect(notice(&dashboard, later, after: .second) == "marked: hi")
    }
}
