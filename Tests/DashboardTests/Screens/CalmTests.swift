import Canvas
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
        let curve = try #require(SweepLayout.panels(width: 120, height: 40)[.curve])
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
        let ttft = try #require(SweepLayout.panels(width: 120, height: 40)[.ttft])
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

    @Test func whenAllIsOverNothingIsDrawnAnew() {
        var dashboard = Fixture.dashboard()
        let first = dashboard.draw(Fixture.finished, width: 160, height: 50, now: Fixture.finished.at)
        for second in 1...30 {
            var later = Fixture.finished
            later.at = later.at + Int64(second) * .second
            later.lag.timerP99 = Double(second) * 1e6
            later.lag.cpuShare = Double(second) / 100
            for index in later.endpoints.indices {
                later.endpoints[index].history.removeFirst(second)
                later.endpoints[index].history += Array(repeating: HistoryBin(), count: second)
            }
            #expect(dashboard.draw(later, width: 160, height: 50, now: later.at) == first)
        }
    }

    /// What was drawn a second ago stands whole columns further left, unchanged.
    @Test(arguments: [80, 120, 160, 200, 317])
    func theHistoryMovesByWholeColumns(_ width: Int) throws {
        var snapshot = Fixture.sweep
        snapshot.endpoints[0].history = (0..<120).map { HistoryBin(tokens: Double(100 + 37 * $0 % 900)) }
        snapshot.endpoints[0].history[119].tokens = 1000
        snapshot.endpoints[0].history[118].tokens = 1000
        var later = snapshot
        later.endpoints[0].history.removeFirst(2)
        later.endpoints[0].history += [HistoryBin(tokens: 500), HistoryBin(tokens: 700)]
        let rect = try #require(SweepLayout.panels(width: width, height: 60)[.throughput])
        func row(_ snapshot: Snapshot) -> [Unicode.Scalar] {
            var dashboard = Fixture.dashboard()
            let canvas = dashboard.draw(snapshot, width: width, height: 60, now: snapshot.at)
            return (rect.x + 16..<rect.maxX - 1).map { canvas[$0, rect.y + 7].scalar }
        }
        let before = row(snapshot)
        let after = row(later)
        // Two seconds are one cell of braille, or as many more as a second has columns.
        #expect((1...8).contains { before.dropFirst($0 + 2).elementsEqual(after.dropFirst(2).dropLast($0)) })
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
