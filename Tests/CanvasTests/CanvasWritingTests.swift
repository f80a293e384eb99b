import Testing

@testable import Canvas

@Suite struct CanvasWritingTests {
    @Test func writesAndCounts() {
        var canvas = Canvas(width: 10, height: 2)
        #expect(canvas.write("abc", x: 1, y: 0) == 3)
        #expect(canvas.write(rightAligned: "xyz", endX: 10, y: 1) == 3)
        #expect(canvas.text == " abc\n       xyz")
    }

    @Test(arguments: [
        ("abcdef", 6, "abcdef", 6), ("abcdef", 5, "abcd…", 5), ("abcdef", 1, "…", 1), ("abcdef", 0, "", 0),
        ("日本語", 6, "日本語", 6), ("日本語", 5, "日本…", 5), ("日本語", 4, "日…", 3), ("日本語", 2, "…", 1),
        ("a\u{301}b", 2, "ab", 2), ("abc", -3, "", 0),
    ])
    func cuts(_ text: String, _ width: Int, _ shown: String, _ columns: Int) {
        var canvas = Canvas(width: 12, height: 1)
        #expect(canvas.write(text, x: 0, y: 0, maxWidth: width) == columns)
        #expect(canvas.text == shown)
    }

    @Test func cutsWithTildeInASCII() {
        var canvas = Canvas(width: 12, height: 1)
        canvas.write("abcdef", x: 0, y: 0, maxWidth: 4, ellipsis: GlyphSet.ascii.ellipsis)
        #expect(canvas.text == "abc~")
    }

    @Test func neverHalfOfAWideCharacter() {
        var canvas = Canvas(width: 5, height: 1)
        canvas.write("日本語", x: 0, y: 0)
        #expect(canvas.text == "日本")
        #expect(canvas[1, 0].isContinuation)
        // Over its left and over its right half.
        canvas.write("x", x: 1, y: 0)
        #expect(canvas[0, 0].scalar == " ")
        canvas.write("y", x: 2, y: 0)
        #expect(!canvas[3, 0].isContinuation)
        #expect(canvas.text == " xy")
        canvas.write("日", x: -1, y: 0)
        #expect(canvas.text == " xy")
    }

    @Test func fillSplitsWideCharactersAtItsEdges() {
        var canvas = Canvas(width: 6, height: 1)
        canvas.write("日日日", x: 0, y: 0)
        canvas.fill(Rect(x: 1, y: 0, width: 4, height: 1), Cell("#"))
        #expect(canvas.text == " ####")
        #expect(!canvas[5, 0].isContinuation)
    }

    @Test func blanksCarryNoColour() {
        var canvas = Canvas(width: 3, height: 1)
        canvas.write("a b", x: 0, y: 0, style: Style(.rgb(1, 2, 3), on: .terminal, .bold))
        #expect(canvas[1, 0] == .blank)
        #expect(canvas[0, 0].style.foreground == .rgb(1, 2, 3))
    }

    @Test func backgroundsShowThrough() {
        var canvas = Canvas(width: 3, height: 1)
        canvas.fill(canvas.bounds, Cell(" ", Style(.terminal, on: .ansi(4))))
        canvas.write("a b", x: 0, y: 0, style: Style(.ansi(1)))
        #expect((0..<3).allSatisfy { canvas[$0, 0].style.background == .ansi(4) })
        #expect(canvas[1, 0].style.foreground == .terminal)
    }

    @Test func outsideNothingHappens() {
        var canvas = Canvas(width: 0, height: 0)
        canvas.write("abc", x: 0, y: 0)
        canvas.fill(Rect(x: -5, y: -5, width: 100, height: 100), Cell("#"))
        canvas.frame(Rect(x: 0, y: 0, width: 1, height: 1))
        #expect(canvas.text.isEmpty)
        var small = Canvas(width: 2, height: 1)
        small.write("abcdef", x: -3, y: 0)
        small.write("q", x: 0, y: 7)
        #expect(small.text == "de")
    }

    @Test func foldsWhateverIsThereToASCII() {
        var canvas = Canvas(width: 30, height: 1, glyphs: .ascii)
        canvas.write("850 µs – 日本 ±3 ▸ ⣿ ● ü", x: 0, y: 0)
        canvas.fold()
        #expect(canvas.text == "850 us - ? ?  ~3 > . o ?")
        #expect(canvas.cells.allSatisfy { $0.scalar.value < 0x7F && !$0.isContinuation })
    }
}
