import Canvas
import Charts
import Measure
import Testing

@testable import Dashboard

/// What is seen when one level gives way to the next.
@Suite struct LevelChangeTests {
    private func cells(_ canvas: Canvas, in rect: Rect) -> [Cell] {
        (rect.y..<rect.maxY).flatMap { y in (rect.x..<rect.maxX).map { canvas[$0, y] } }
    }

    /// The level's end and the next one's warm-up, without an answer yet.
    private func next(_ snapshot: Snapshot, answers: Int = 0, slower: Double = 1) -> Snapshot {
        var next = snapshot
        next.at = next.at + 100 * .millisecond
        let live = next.endpoints[0].live
        next.endpoints[0].levels += [live].compactMap(\.self)
        next.endpoints[0].level = LevelStart(endpoint: EndpointID(0), level: 6, load: .users(64), planned: 9)
        next.endpoints[0].phase = .warmingUp(since: next.at)
        var level = Fixture().level(6, users: 64, at: next.at, window: .second)
        level.ttft =
            answers == 0 ? .empty : Fixture.distribution(median: 80e6 * slower, spread: 0.1, count: answers)
        level.tpot = .empty
        next.endpoints[0].live = level
        return next
    }

    @Test func theLastHistogramStaysUntilThereIsANewOne() throws {
        var dashboard = Fixture.dashboard()
        let now = Fixture.sweep.at
        _ = dashboard.draw(Fixture.sweep, width: 120, height: 40, now: now)
        let next = next(Fixture.sweep)
        let canvas = dashboard.draw(next, width: 120, height: 40, now: next.at)
        #expect(canvas.text.contains("TTFT before, at 32 users") || canvas.text.contains("TTFT at 32 users"))
        let rect = try #require(SweepLayout.panels(width: 120, height: 40)[.ttft])
        let bars = cells(canvas, in: rect.inset()).filter { (0x2800...0x28FF).contains($0.scalar.value) }
        #expect(!bars.isEmpty && bars.allSatisfy { $0.style.attributes.contains(.dim) })
        // With its first answers the new one takes over at once, on an axis of its own.
        var later = self.next(Fixture.sweep, answers: 20, slower: 20)
        later.at = later.at + 100 * .millisecond
        let over = dashboard.draw(later, width: 120, height: 40, now: later.at + 600 * .millisecond)
        let fresh = cells(over, in: rect.inset()).filter { (0x2800...0x28FF).contains($0.scalar.value) }
        #expect(!fresh.isEmpty && !fresh.contains { $0.style.attributes.contains(.dim) })
        var alone = Fixture.dashboard()
        let first = alone.draw(later, width: 120, height: 40, now: later.at)
        #expect(cells(over, in: rect) == cells(first, in: rect))
    }

    /// The figures and what is drawn are of the same level, in the very frame in which it begins.
    @Test func nothingOfTheLastLevelIsHeld() throws {
        var dashboard = Fixture.dashboard()
        _ = dashboard.draw(Fixture.sweep, width: 120, height: 40, now: Fixture.sweep.at)
        let next = next(Fixture.sweep, answers: 20, slower: 20)
        let canvas = dashboard.draw(next, width: 120, height: 40, now: next.at)
        var alone = Fixture.dashboard()
        let fresh = alone.draw(next, width: 120, height: 40, now: next.at)
        for kind in [PanelKind.ttft, .tpot, .throughput] {
            let rect = try #require(SweepLayout.panels(width: 120, height: 40)[kind])
            #expect(cells(canvas, in: rect) == cells(fresh, in: rect), "\(kind.name)")
        }
    }

    @Test func theGaugeIsFullAtThePlateauOrTheBestSoFar() {
        func top(_ snapshot: Snapshot) -> String {
            var dashboard = Fixture.dashboard()
            let text = dashboard.draw(snapshot, width: 120, height: 40, now: snapshot.at).text
            let line = text.split(separator: "\n").first { $0.contains("▏") } ?? ""
            return line.split(separator: "│").first.map {
                $0.split(separator: "▏").last.map(String.init) ?? ""
            } ?? ""
        }
        let best = Fixture.sweep.endpoints[0].levels.map(\.throughput.mean).max()
        #expect(top(Fixture.sweep).contains(Format.speed(best)))
        #expect(
            top(Fixture.finished).contains(Format.speed(Fixture.finished.endpoints[0].plateau?.throughput)))
    }

    @Test func levelsStandInTheOrderOfTheirLoad() {
        var snapshot = Fixture.finished
        let broken = snapshot.endpoints[0].levels.removeLast()
        snapshot.endpoints[0].levels.insert(broken, at: 0)
        var dashboard = Fixture.dashboard()
        let rows = LevelsPanel.rows(dashboard.shell.stage(snapshot, now: snapshot.at))
        #expect(rows.map(\.level.concurrency) == [1, 2, 4, 8, 16, 32, 64, 96, 128])
        // The running one among them, in sight, and the keys walk as the table stands.
        var running = Fixture.sweep
        running.endpoints[0].levels.append(Fixture().level(9, users: 64, at: running.at))
        let live = LevelsPanel.rows(dashboard.shell.stage(running, now: running.at))
        #expect(live.map(\.level.concurrency) == [1, 2, 4, 8, 16, 32, 64])
        #expect(live[5].state != .finished)
        _ = dashboard.handle(.right, snapshot: running, now: running.at)
        #expect(dashboard.shell.screen.level?.index == 5)
        _ = dashboard.handle(.left, snapshot: running, now: running.at)
        #expect(dashboard.shell.screen.level == nil)
        _ = dashboard.handle(.left, snapshot: running, now: running.at)
        #expect(dashboard.shell.screen.level?.index == 4)
    }

    @Test func runsOfTheSameLoadAreToldApart() {
        var snapshot = Fixture.sweep
        var cut = Fixture().level(5, users: 32, at: snapshot.at - 30 * .second, window: 4 * .second)
        cut.trust = [.cutShort]
        snapshot.endpoints[0].levels.append(cut)
        var dashboard = Fixture.dashboard()
        let text = dashboard.draw(snapshot, width: 120, height: 40, now: snapshot.at).text
        let rows = text.split(separator: "\n").filter { $0.contains(" 32 ") }
        #expect(
            rows.contains { $0.contains("! cut") }
                && rows.contains { $0.contains("32 #2") && $0.contains("◉") })
    }

    @Test func whatIsHiddenIsCounted() {
        var dashboard = Fixture.dashboard()
        let text = dashboard.draw(Fixture.finished, width: 80, height: 24, now: Fixture.finished.at).text
        #expect(text.contains("9 done, ↑6"))
    }

    @Test func pointsAreAsDoubtfulAsTheTable() {
        var snapshot = Fixture.sweep
        snapshot.endpoints[0].live?.e2e = Fixture.distribution(median: 1.6e9, spread: 0.03, count: 12)
        var dashboard = Fixture.dashboard()
        let text = dashboard.draw(snapshot, width: 120, height: 40, now: snapshot.at).text
        #expect(text.contains("32?"))
    }
}
