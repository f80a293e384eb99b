import Canvas
import Charts
import Measure
import Synchronization
import Testing

@testable import Dashboard

/// What moves costs bytes, and what is asked of the past costs time.
@Suite struct WatchCalmTests {
    /// Counts how often it's asked for a course.
    private final class Counted: ServerPast {
        let past: any ServerPast
        let asked = Mutex(0)

        init(_ past: any ServerPast) { self.past = past }

        func course(since moment: Moment, engine: String?) -> [(at: Moment, figures: ServerFigures)] {
            asked.withLock { $0 += 1 }
            return past.course(since: moment, engine: engine)
        }

        func figures(overLast span: Nanoseconds, at moment: Moment, engine: String?) -> ServerFigures? {
            past.figures(overLast: span, at: moment, engine: engine)
        }
    }

    @Test func theCourseIsAskedForOnceASecondAndOnlyOfWhatIsDrawn() {
        var snapshot = WatchFixture.several
        let pasts = snapshot.watch.servers.map { Counted($0.past) }
        for index in pasts.indices { snapshot.watch.servers[index].past = pasts[index] }
        var dashboard = WatchFixture.dashboard()
        for step in 0..<20 {
            snapshot.at = WatchFixture.several.at + Int64(step) * 200 * .millisecond
            _ = dashboard.draw(snapshot, width: 120, height: 40, now: snapshot.at)
        }
        // In four seconds.
        #expect((1...4).contains(pasts[2].asked.withLock { $0 }))
        #expect([0, 1, 3].allSatisfy { pasts[$0].asked.withLock { $0 } == 0 })
    }

    /// Column by column: what was drawn stands where it was, but for the newest column, or one further left.
    @Test func heatMapsMoveByWholeColumns() throws {
        func map(at seconds: Int) throws -> [[Unicode.Scalar]] {
            let snapshot = WatchFixture.snapshot(
                [WatchFixture.server(0, ":8000", WatchFixture.trouble, seconds: seconds)], seconds: seconds)
            var dashboard = WatchFixture.dashboard()
            let canvas = dashboard.draw(snapshot, width: 120, height: 40, now: snapshot.at)
            let panels = dashboard.watchShell.screen.layout((120, 40), snapshot, maximised: nil)
            let rect = try #require(panels[.firstHeat])
            return (rect.x + 7..<rect.maxX - 2).map { x in
                (rect.y + 3..<rect.maxY - 4).map { canvas[x, $0].scalar }
            }
        }
        let first = try map(at: 1_052)
        let second = try map(at: 1_053)
        // Brightness within the newest columns may change; most of the picture is as it was.
        let same = zip(first, second).filter { $0 == $1 }.count
        let shifted = zip(first.dropFirst(), second).filter { $0 == $1 }.count
        #expect(max(same, shifted) >= first.count - 4)
    }

    @Test func theSameSnapshotIsTheSameScreen() {
        let snapshot = WatchFixture.several
        var dashboard = WatchFixture.dashboard()
        let first = dashboard.draw(snapshot, width: 120, height: 40, now: snapshot.at)
        for step in 1...20 {
            let now = snapshot.at + Int64(step) * 300 * .millisecond
            #expect(dashboard.draw(snapshot, width: 120, height: 40, now: now) == first)
        }
    }

    @Test func aHangingDriverHidesItsPanelAndNothingElse() {
        var snapshot = WatchFixture.several
        let before = snapshot.at - 12 * .second
        snapshot.watch.gpus?.sources[0].lastReading = before
        var dashboard = WatchFixture.dashboard()
        let text = dashboard.draw(snapshot, width: 120, height: 40, now: snapshot.at).text
        #expect(text.contains("hidden: no answer for 12 s: the driver hangs"))
        #expect(text.contains("▲✗ :8002") && !text.contains("H100"))
    }
}
