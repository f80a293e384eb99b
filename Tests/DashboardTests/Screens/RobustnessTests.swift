import Canvas
import Charts
import Measure
import Testing

@testable import Dashboard

@Suite struct RobustnessTests {
    static let sizes = [
        (0, 0), (1, 1), (39, 10), (40, 9), (40, 10), (50, 15), (80, 24), (120, 40), (200, 20), (200, 60),
    ]
    static let keys: [[Key]] = [
        [], [.character("?")], [.character("?"), .tab], [.left], [.down], [.character("1")],
        [.character("2")], [.character("3")], [.character("4")], [.character("5")], [.character("6")],
        [.character("7")], [.character("8")],
        [.character("y")], [.character("m"), .character("漢")], [.character("/"), .character("x")],
        [.character(" ")], [.character("+")],
    ]

    @Test func nothingTrapsOnNumbersThatAreNone() {
        for snapshot in Fixture.degenerate {
            for glyphs in GlyphSet.allCases {
                var dashboard = Fixture.dashboard(glyphs: glyphs)
                for (width, height) in [(40, 10), (80, 24), (120, 40)] {
                    _ = dashboard.draw(snapshot, width: width, height: height, now: snapshot.at)
                }
            }
        }
    }

    @Test func everyKeyWorksOnEverySnapshotAtEverySize() {
        let snapshots = [
            Fixture.sweep, Fixture.several, Fixture.finished, Fixture.degenerate[0], Fixture.degenerate[2],
            Fixture.watched,
        ]
        for snapshot in snapshots {
            for keys in Self.keys {
                for (width, height) in Self.sizes {
                    var dashboard = Fixture.dashboard()
                    for key in keys { _ = dashboard.handle(key, snapshot: snapshot, now: snapshot.at) }
                    let canvas = dashboard.draw(snapshot, width: width, height: height, now: snapshot.at)
                    #expect(canvas.width == width && canvas.height == height)
                }
            }
        }
    }

    /// The frames of the panels stand where the layout put them, whatever the names are.
    @Test(arguments: [(40, 10), (50, 15), (80, 24), (120, 40), (200, 60)])
    func hostileNamesBreakNoColumn(width: Int, height: Int) throws {
        let snapshot = Fixture.hostile
        for selected in 0..<3 {
            var dashboard = Fixture.dashboard()
            for _ in 0..<selected { _ = dashboard.handle(.down, snapshot: snapshot, now: snapshot.at) }
            let canvas = dashboard.draw(snapshot, width: width, height: height, now: snapshot.at)
            for cell in canvas.cells {
                let category = cell.scalar.properties.generalCategory
                #expect(![.control, .format, .nonspacingMark].contains(category))
            }
            for (panel, rect) in SweepLayout.panels(
                width: width, height: height, parts: SweepParts(endpoints: 3))
            where panel == .levels || panel == .endpoints {
                for y in (rect.y + 1)..<(rect.maxY - 1) {
                    #expect(canvas[rect.x, y].scalar == "│" && canvas[rect.maxX - 1, y].scalar == "│")
                }
            }
        }
    }

    @Test func aDoubleWideCharacterKeepsItsTwoCells() {
        let snapshot = Fixture.hostile
        var dashboard = Fixture.dashboard()
        let canvas = dashboard.draw(snapshot, width: 120, height: 40, now: snapshot.at)
        for y in 0..<40 {
            for x in 0..<120 where canvas[x, y].isContinuation {
                #expect(TextWidth.columns(of: canvas[x - 1, y].scalar) == 2)
            }
        }
    }

    @Test func asciiIsASCII() {
        for snapshot in [Fixture.sweep, Fixture.hostile, Fixture.finished, Fixture.trouble] {
            for keys in Self.keys {
                var dashboard = Fixture.dashboard(glyphs: .ascii)
                for key in keys { _ = dashboard.handle(key, snapshot: snapshot, now: snapshot.at) }
                let canvas = dashboard.draw(snapshot, width: 120, height: 40, now: snapshot.at)
                let other = canvas.cells.first { $0.scalar.value > 0x7E || $0.isContinuation }
                #expect(other == nil)
            }
        }
    }

    /// A colour on a blank cell costs bytes and shows nothing.
    @Test func blankCellsHaveNoColour() {
        for snapshot in [Fixture.sweep, Fixture.several, Fixture.finished] {
            var dashboard = Fixture.dashboard()
            let canvas = dashboard.draw(snapshot, width: 120, height: 40, now: snapshot.at)
            let coloured = canvas.cells.filter {
                $0.scalar == " " && $0.style.background == .terminal && $0.style.foreground != .terminal
                    && $0.style.attributes.isEmpty
            }
            #expect(coloured.isEmpty)
        }
    }

    @Test func everySizeDraws() {
        let snapshot = Fixture.several
        for height in stride(from: 10, through: 100, by: 9) {
            for width in stride(from: 40, through: 400, by: 31) {
                var dashboard = Fixture.dashboard()
                let canvas = dashboard.draw(snapshot, width: width, height: height, now: snapshot.at)
                #expect(canvas.text.contains("quit"), "\(width)×\(height)")
            }
        }
    }
}
