import Testing

@testable import Dashboard

@Suite struct ParagraphTests {
    @Test func linesBreakAtBlanks() {
        #expect(Paragraph.lines("one two three", width: 7) == ["one two", "three"])
        #expect(Paragraph.lines("  one   two ", width: 20) == ["one two"])
        #expect(Paragraph.lines("", width: 7) == [])
    }

    @Test func longWordsAreCut() {
        #expect(Paragraph.lines("abcdefgh ij", width: 3) == ["abc", "def", "gh", "ij"])
        #expect(Paragraph.lines("漢字漢字", width: 5) == ["漢字", "漢字"])
    }

    @Test func noWidthIsNoLines() {
        #expect(Paragraph.lines("one", width: 0) == [])
        #expect(Paragraph.lines("漢", width: 1).count <= 1)
    }
}
