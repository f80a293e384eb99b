import Canvas
import Testing

@testable import Terminal

@Suite struct FrameDiffTests {
    private func diff(_ width: Int, _ height: Int, utf8: Bool = true, count: Int = 256) -> FrameDiff {
        var diff = FrameDiff(
            palette: Palette(depth: .ansi256, count: count), isUTF8: utf8,
            characterWidth: { Unicode.Scalar($0).map { TextWidth.columns(of: $0) } ?? -1 })
        diff.reset(width: width, height: height)
        return diff
    }

    private func canvas(_ rows: String..., width: Int? = nil, style: Style = .plain) -> Canvas {
        var canvas = Canvas(width: width ?? rows.map(\.unicodeScalars.count).max() ?? 0, height: rows.count)
        for (y, row) in rows.enumerated() {
            for (x, scalar) in row.unicodeScalars.enumerated() { canvas[x, y] = Cell(scalar, style) }
        }
        return canvas
    }

    private func texts(_ runs: [PaintedRun]) -> [String] {
        runs.map { run in
            "\(run.x),\(run.y) "
                + String(String.UnicodeScalarView(run.scalars.compactMap { Unicode.Scalar($0) }))
        }
    }

    @Test func onlyWhatDiffers() {
        var diff = diff(8, 2)
        #expect(texts(diff.runs(to: canvas("one two ", "x       "))) == ["0,0 one", "4,0 two", "0,1 x"])
        #expect(diff.runs(to: canvas("one two ", "x       ")) == [])
        #expect(texts(diff.runs(to: canvas("one too ", "x      y"))) == ["5,0 o", "7,1 y"])
    }

    @Test func blanksAreErased() {
        var diff = diff(4, 1)
        _ = diff.runs(to: canvas("abcd"))
        #expect(texts(diff.runs(to: canvas("a  d"))) == ["1,0   "])
    }

    @Test func afterAResetEverythingAgain() {
        var diff = diff(3, 1)
        _ = diff.runs(to: canvas("abc"))
        diff.reset(width: 3, height: 1)
        #expect(texts(diff.runs(to: canvas("abc"))) == ["0,0 abc"])
    }

    @Test func canvasOfAnotherSize() {
        var diff = diff(3, 2)
        #expect(texts(diff.runs(to: canvas("abcdef", "ghi   ", "jkl   "))) == ["0,0 abc", "0,1 ghi"])
        #expect(texts(diff.runs(to: canvas("a"))) == ["1,0   ", "0,1    "])
        #expect(texts(diff.runs(to: Canvas(width: 0, height: 0))) == ["0,0  "])
        diff.reset(width: 0, height: 0)
        #expect(diff.runs(to: canvas("abc")) == [])
        diff.reset(width: -3, height: 5)
        #expect(diff.runs(to: canvas("abc")) == [])
    }

    @Test func runsEndWhereTheLookChanges() {
        var diff = diff(4, 1)
        var picture = canvas("abcd")
        picture[2, 0].style = Style(.ansi(1))
        picture[3, 0].style = Style(.ansi(1), .bold)
        let runs = diff.runs(to: picture)
        #expect(texts(runs) == ["0,0 ab", "2,0 c", "3,0 d"])
        #expect(runs.map(\.flags) == [0, 0, PaintedCell.bold])
    }

    @Test func blankOnTheTerminalsBackgroundHasNoColour() {
        var diff = diff(4, 1)
        let runs = diff.runs(to: canvas(" a  ", style: Style(.ansi(1), .bold)))
        #expect(texts(runs) == ["1,0 a"])
    }

    @Test func shortGapIsBridged() {
        let style = Style(.ansi(1), .bold)
        for gap in [1, FrameDiff.longestBridge] {
            let row = "a" + String(repeating: " ", count: gap) + "b"
            var diff = diff(gap + 2, 1)
            #expect(texts(diff.runs(to: canvas(row, style: style))) == ["0,0 \(row)"])
        }
        let far = FrameDiff.longestBridge + 1
        var diff = diff(far + 2, 1)
        let row = "a" + String(repeating: " ", count: far) + "b"
        #expect(texts(diff.runs(to: canvas(row, style: style))) == ["0,0 a", "\(far + 1),0 b"])
    }

    @Test func gapBetweenDifferentOrUnderlinedLooksIsNot() {
        var diff = diff(3, 2)
        var picture = canvas("a b", "c d", style: Style(.ansi(1)))
        picture[2, 0].style = Style(.ansi(2))
        picture[0, 1].style.attributes = .underline
        picture[1, 1].style = .plain
        picture[2, 1].style.attributes = .underline
        #expect(texts(diff.runs(to: picture)) == ["0,0 a", "2,0 b", "0,1 c", "2,1 d"])
    }

    @Test func blankOnAnotherBackgroundLooksLikeItsNeighbour() {
        var diff = diff(5, 1)
        var picture = canvas("a b  ")
        picture[0, 0].style = Style(.ansi(1), on: .ansi(4), .bold)
        picture[1, 0].style = Style(.ansi(7), on: .ansi(4))
        picture[2, 0].style = Style(.ansi(1), on: .ansi(4), .bold)
        #expect(texts(diff.runs(to: picture)) == ["0,0 a b"])
    }

    @Test func underlinedBlankKeepsItsStyle() {
        var diff = diff(2, 1)
        let runs = diff.runs(to: canvas("  ", style: Style(.ansi(2), .underline)))
        #expect(texts(runs) == ["0,0   "])
        #expect(runs.first?.flags == PaintedCell.underline)
    }

    @Test func wideCharacterTakesTwo() {
        var diff = diff(4, 1)
        var picture = canvas("漢漢ab")
        picture[1, 0].isContinuation = true
        #expect(texts(diff.runs(to: picture)) == ["0,0 漢ab"])
        #expect(diff.runs(to: picture) == [])
        #expect(texts(diff.runs(to: canvas("xyab"))) == ["0,0 xy"])
        #expect(texts(diff.runs(to: picture)) == ["0,0 漢"])
    }

    @Test func wideCharacterWithoutRoom() {
        var diff = diff(3, 1)
        var picture = canvas("漢b漢漢", width: 4)
        picture[3, 0].isContinuation = true
        // Nothing to its right but a letter; and cut by the edge.
        #expect(texts(diff.runs(to: picture)) == ["0,0 ?b?"])
    }

    @Test func nothingHarmfulGetsThrough() {
        var diff = diff(8, 1)
        #expect(
            texts(diff.runs(to: canvas("\u{1B}\u{07}\u{9B}\u{202E}\u{301}\u{7F}\0x"))) == ["0,0 ???????x"])
    }

    @Test func asciiOnlyWithoutUTF8() {
        var diff = diff(3, 1, utf8: false)
        #expect(texts(diff.runs(to: canvas("é⣿~"))) == ["0,0 ??~"])
    }

    @Test func characterThatTheLocaleCountsOtherwise() {
        var diff = FrameDiff(
            palette: Palette(depth: .mono, count: 0), isUTF8: true, characterWidth: { _ in -1 })
        diff.reset(width: 1, height: 1)
        #expect(texts(diff.runs(to: canvas("é"))) == ["0,0 ?"])
    }
}
