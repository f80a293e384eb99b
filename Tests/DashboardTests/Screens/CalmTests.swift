import Charts
import Measure
import Testing

@testable import Dashboard

/// Nothing flickers, and nothing moves that needn't.
@Suite struct CalmTests {
    private func cells(_ canvas: Canvas, in rect: Rect) -> [Cell] {
        (rect.y..<rect.maxY).flatMap { y in (rect.x..<rect.maxX).map { canvas[$0, y] } }
    }

    private var later: Snapshot {
        var later = Fixture.sweep
        later.endpoints[0].tokensPerSecond = 2_700
        later.endpoints[0].live?.throughput.mean = 2_300
        later.endpoints[0].live?.e2e.p95 *= 1.2
        return later
    }

    @Test func chartsHoldStillWhileNumbersMove() throws {
        let now = Fixture.sweep.at
        let curve = try #require(Layout.panels(width: 120, height: 40)[.curve])
        var dashboard = Fixture.dashboard()
        let first = dashboard.draw(Fixture.sweep, width: 120, height: 40, now: now)
        let soon = dashboard.draw(later, width: 120, height: 40, now: now + 400 * .millisecond)
        #expect(cells(first, in: curve) == cells(soon, in: curve))
        #expect(soon.text.contains("2 700") && !first.text.contains("2 700"))
        let then = dashboard.draw(later, width: 120, height: 40, now: now + 500 * .millisecond)
        #expect(cells(first, in: curve) != cells(then, in: curve))
    }

    @Test func aKeyShowsItsEffectAtOnce() throws {
        let now = Fixture.sweep.at
        let ttft = try #require(Layout.panels(width: 120, height: 40)[.ttft])
        var dashboard = Fixture.dashboard()
        let first = dashboard.draw(Fixture.sweep, width: 120, height: 40, now: now)
        _ = dashboard.handle(.left, snapshot: Fixture.sweep, now: now + 10 * .millisecond)
        let next = dashboard.draw(Fixture.sweep, width: 120, height: 40, now: now + 10 * .millisecond)
        #expect(cells(first, in: ttft) != cells(next, in: ttft))
    }

    @Test func theSameSnapshotIsTheSameScreen() {
        let now = Fixture.sweep.at
        var dashboard = Fixture.dashboard()
        let first = dashboard.draw(Fixture.sweep, width: 120, height: 40, now: now)
        for step in 1...20 {
            let again = dashboard.draw(
                Fixture.sweep, width: 120, height: 40, now: now + Int64(step) * 200 * .millisecond)
            #expect(again == first)
        }
    }

    @Test func aNoticeGoesAwayByItself() {
        let now = Fixture.sweep.at
        var dashboard = Fixture.dashboard()
        dashboard.notify("exported to \u{1B}[31m/tmp/x", now: now)
        func text(after span: Nanoseconds) -> String {
            dashboard.draw(Fixture.sweep, width: 80, height: 24, now: now + span).text
        }
        #expect(text(after: 0).contains("exported to /tmp/x"))
        #expect(text(after: 6 * .second).contains("exported") == false)
        dashboard.notify("disk full", now: now, isError: true)
        #expect(text(after: 6 * .second).contains("! disk full"))
        #expect(text(after: 13 * .second).contains("disk full") == false)
    }

    @Test func noticesAreSeenOnTheSmallestScreenToo() {
        var dashboard = Fixture.dashboard()
        dashboard.notify("exported", now: Fixture.sweep.at)
        let text = dashboard.draw(Fixture.sweep, width: 40, height: 10, now: Fixture.sweep.at).text
        #expect(text.contains("exported"))
    }
}
