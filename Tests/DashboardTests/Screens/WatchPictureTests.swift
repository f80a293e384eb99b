import Canvas
import Charts
import Measure
import Testing

@testable import Dashboard

@Suite struct WatchPictureTests {
    static let sizes = [(40, 10), (80, 24), (120, 40), (200, 60)]

    private func screen(
        _ snapshot: Snapshot, _ width: Int, _ height: Int, keys: [Key] = [], glyphs: GlyphSet = .braille,
        mode: Mode = .watch
    ) -> Canvas {
        var dashboard = WatchFixture.dashboard(glyphs: glyphs, mode: mode)
        _ = dashboard.draw(snapshot, width: width, height: height, now: snapshot.at)
        for key in keys { _ = dashboard.handle(key, snapshot: snapshot, now: snapshot.at) }
        return dashboard.draw(snapshot, width: width, height: height, now: snapshot.at)
    }

    @Test(arguments: sizes) func severalServers(width: Int, height: Int) {
        Picture.expect(screen(WatchFixture.several, width, height), is: "watch-\(width)x\(height)")
    }

    @Test func engagedAndSilentServers() {
        Picture.expect(screen(WatchFixture.ragged, 120, 40), is: "watch-ragged-120x40")
        Picture.expect(screen(WatchFixture.ragged, 80, 24), is: "watch-ragged-80x24")
        Picture.expect(screen(WatchFixture.gone, 80, 24), is: "watch-gone-80x24")
    }

    @Test func beginnings() {
        Picture.expect(screen(WatchFixture.none, 80, 24), is: "watch-none-80x24")
        Picture.expect(screen(WatchFixture.early(readings: 1), 80, 24), is: "watch-first-80x24")
        Picture.expect(screen(WatchFixture.early(readings: 2), 80, 24), is: "watch-second-80x24")
    }

    @Test func quietAndPoor() {
        Picture.expect(screen(WatchFixture.idle, 120, 40), is: "watch-idle-120x40")
        Picture.expect(screen(WatchFixture.alone, 80, 24), is: "watch-alone-80x24")
        Picture.expect(screen(WatchFixture.many, 120, 40), is: "watch-many-120x40")
    }

    @Test func panelsAlone() {
        for digit in 1...6 {
            Picture.expect(
                screen(WatchFixture.several, 120, 40, keys: [.character(Character("\(digit)"))]),
                is: "watch-panel\(digit)-120x40")
        }
    }

    @Test func oneInFull() {
        Picture.expect(screen(WatchFixture.several, 120, 40, keys: [.enter]), is: "watch-full-120x40")
        Picture.expect(screen(WatchFixture.several, 80, 24, keys: [.enter]), is: "watch-full-80x24")
    }

    @Test func canaries() {
        let seen = WatchFixture.canaries
        Picture.expect(screen(seen, 120, 40), is: "watch-canaries-120x40")
        Picture.expect(screen(seen, 80, 24, keys: [.down], glyphs: .ascii), is: "watch-canaries-ascii-80x24")
        Picture.expect(screen(seen, 120, 40, keys: [.enter]), is: "watch-canaries-full-120x40")
    }

    @Test func lookingBack() {
        let back = [Key](repeating: .left, count: 25)
        Picture.expect(screen(WatchFixture.several, 120, 40, keys: back), is: "watch-back-120x40")
        Picture.expect(
            screen(WatchFixture.several, 120, 40, keys: [.character("["), .character("[")]),
            is: "watch-minute-120x40")
    }

    @Test func replayInASCII() {
        var snapshot = WatchFixture.several
        snapshot.recording = .replaying(path: "/home/ops/watch.plimsoll")
        Picture.expect(
            screen(snapshot, 120, 40, glyphs: .ascii, mode: .watchReplay), is: "watch-ascii-120x40")
        Picture.expect(
            screen(snapshot, 80, 24, keys: [.character("?")], glyphs: .ascii, mode: .watchReplay),
            is: "watch-help-ascii-80x24")
    }
}
