import Canvas
import Charts
import Measure
import Testing

@testable import Dashboard

@Suite struct PictureTests {
    static let sizes = [(40, 10), (50, 15), (80, 24), (120, 40), (200, 60)]

    private func screen(
        _ snapshot: Snapshot, _ width: Int, _ height: Int, keys: [Key] = [], glyphs: GlyphSet = .braille,
        mode: Mode = .sweep
    ) -> Canvas {
        var dashboard = Fixture.dashboard(glyphs: glyphs, mode: mode)
        _ = dashboard.draw(snapshot, width: width, height: height, now: snapshot.at)
        for key in keys { _ = dashboard.handle(key, snapshot: snapshot, now: snapshot.at) }
        return dashboard.draw(snapshot, width: width, height: height, now: snapshot.at)
    }

    @Test(arguments: sizes) func aSweep(width: Int, height: Int) {
        Picture.expect(screen(Fixture.sweep, width, height), is: "sweep-\(width)x\(height)")
    }

    @Test(arguments: sizes) func theEnd(width: Int, height: Int) {
        Picture.expect(screen(Fixture.finished, width, height), is: "finished-\(width)x\(height)")
    }

    @Test(arguments: sizes) func severalEndpoints(width: Int, height: Int) {
        Picture.expect(screen(Fixture.several, width, height), is: "several-\(width)x\(height)")
    }

    @Test func serverAndGPUs() {
        let watched = Fixture.watched
        Picture.expect(screen(watched, 200, 60), is: "watched-200x60")
        Picture.expect(screen(watched, 120, 40, keys: [.character("6")]), is: "server-120x40")
        Picture.expect(screen(watched, 80, 24, keys: [.character("6")]), is: "server-80x24")
        Picture.expect(
            screen(watched, 120, 40, keys: [.left, .character("6")]), is: "server-level-120x40")
        Picture.expect(screen(watched, 120, 40, keys: [.character("7")]), is: "gpus-120x40")
        Picture.expect(
            screen(watched, 80, 24, keys: [.character("7")], glyphs: .ascii), is: "gpus-ascii-80x24")
    }

    /// Where there's no room for them, nothing gives way to them.
    @Test(arguments: [(40, 10), (50, 15), (80, 24), (120, 40)])
    func smallScreensStayAsTheyAre(width: Int, height: Int) {
        func rows(_ snapshot: Snapshot) -> [Substring] {
            // All but the footer, which offers two panels more.
            screen(snapshot, width, height).text.split(separator: "\n").dropLast()
        }
        #expect(rows(Fixture.watched) == rows(Fixture.sweep))
    }

    @Test func beginningAndTrouble() {
        Picture.expect(screen(Fixture.discovering, 80, 24), is: "discovering-80x24")
        Picture.expect(screen(Fixture.warmingUp, 80, 24), is: "warming-up-80x24")
        Picture.expect(screen(Fixture.failed, 80, 24), is: "failed-80x24")
        Picture.expect(screen(Fixture.trouble, 120, 40), is: "trouble-120x40")
        Picture.expect(screen(Fixture.hostile, 80, 24), is: "hostile-80x24")
    }

    @Test func overlaysAndPrompts() {
        let sweep = Fixture.sweep
        Picture.expect(screen(sweep, 80, 24, keys: [.character("?")]), is: "help-keys-80x24")
        Picture.expect(screen(sweep, 80, 24, keys: [.character("?"), .tab]), is: "help-words-80x24")
        Picture.expect(screen(sweep, 40, 10, keys: [.character("q")]), is: "quit-40x10")
        Picture.expect(screen(sweep, 80, 24, keys: [.left, .left]), is: "level-80x24")
        Picture.expect(screen(sweep, 80, 24, keys: [.character("4")]), is: "curve-80x24")
        Picture.expect(screen(sweep, 80, 24, keys: [.character(" ")]), is: "frozen-80x24")
    }

    @Test func replayInASCII() {
        var snapshot = Fixture.sweep
        snapshot.recording = .replaying(path: "/home/ops/gpu01.plimsoll")
        Picture.expect(
            screen(snapshot, 80, 24, glyphs: .ascii, mode: .replay), is: "replay-ascii-80x24")
        Picture.expect(
            screen(snapshot, 80, 24, keys: [.character("?")], glyphs: .ascii, mode: .replay),
            is: "replay-help-ascii-80x24")
    }

    @Test func tooSmall() {
        Picture.expect(screen(Fixture.sweep, 60, 9), is: "too-small-60x9")
        #expect(
            screen(Fixture.sweep, 16, 2).text == "needs 40×10, q q\n"
                || screen(Fixture.sweep, 16, 2).text.hasPrefix("40×10"))
        #expect(screen(Fixture.sweep, 1, 1).text.count <= 1)
        #expect(screen(Fixture.sweep, 0, 0).text == "")
    }
}
