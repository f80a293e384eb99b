import Canvas
import Measure
import Testing

@testable import Terminal

@Suite struct KeyDecoderTests {
    private func keys(_ text: String) -> [Key] { keys(Array(text.utf8)) }

    private func keys(_ bytes: [UInt8]) -> [Key] {
        var decoder = KeyDecoder()
        var found = bytes.flatMap { decoder.take(Int32($0), at: .zero) }
        found += decoder.endOfBurst()
        return found
    }

    @Test(arguments: [
        (0o402, Key.down), (0o403, .up), (0o404, .left), (0o405, .right), (0o406, .home), (0o550, .end),
        (0o522, .pageDown), (0o523, .pageUp), (0o407, .backspace), (0o512, .delete), (0o527, .enter),
        (0o541, .backTab), (0o411, .function(1)), (0o424, .function(12)), (0o507, .function(63)),
    ])
    func codesOfNcurses(code: Int, key: Key) {
        var decoder = KeyDecoder()
        #expect(decoder.take(Int32(code), at: .zero) == [key])
    }

    @Test(arguments: [0o632, 0o631, 0o410, 0o777, 100_000, -1, Int(Int32.max), Int(Int32.min)])
    func codesThatAreNoKeys(code: Int) {
        var decoder = KeyDecoder()
        #expect(decoder.take(Int32(code), at: .zero) == [])
    }

    @Test func controlCharacters() {
        #expect(keys("\u{03}\u{0C}\u{1A}") == [.control("c"), .control("l"), .control("z")])
        #expect(keys("\t\r\n\u{7F}\u{08}") == [.tab, .enter, .enter, .backspace, .backspace])
        #expect(keys("\u{1C}") == [.control("\\")])
        #expect(keys("\0") == [])
    }

    @Test func utf8IsPutTogether() {
        #expect(keys("aé漢😀") == [.character("a"), .character("é"), .character("漢"), .character("😀")])
    }

    @Test func brokenUTF8IsDropped() {
        #expect(keys([0xC3, 0x61]) == [.character("a")])
        #expect(keys([0xE2, 0x82, 0x1B]) == [.escape])
        #expect(keys([0xC0, 0xAF, 0xFF, 0x80]) == [])
        // An overlong slash, a surrogate, and one past the end.
        #expect(keys([0xE0, 0x80, 0xAF, 0xED, 0xA0, 0x80, 0xF4, 0x90, 0x80, 0x80]) == [])
        #expect(keys([0xC2, 0x9B]) == [])
    }

    @Test func utf8MayComeInTwoBursts() {
        var decoder = KeyDecoder()
        #expect(decoder.take(0xC3, at: .zero) == [])
        #expect(decoder.endOfBurst() == [])
        #expect(decoder.take(0xA9, at: .zero) == [.character("é")])
    }

    @Test func escapeAlone() {
        #expect(keys("\u{1B}") == [.escape])
        #expect(keys("\u{1B}\u{1B}") == [.escape, .escape])
        #expect(keys("\u{1B}q") == [.escape, .character("q")])
    }

    @Test func escapeBeforeACode() {
        var decoder = KeyDecoder()
        #expect(decoder.take(0x1B, at: .zero) == [])
        #expect(decoder.take(0o403, at: .zero) == [.escape, .up])
    }

    @Test func sequencesThatTerminfoDoesNotHave() {
        #expect(keys("\u{1B}[A\u{1B}OB\u{1B}[1;5C\u{1B}[D") == [.up, .down, .right, .left])
        #expect(
            keys("\u{1B}[Z\u{1B}[3~\u{1B}[6;2~\u{1B}[24~\u{1B}OS\u{1B}OM") == [
                .backTab, .delete, .pageDown, .function(12), .function(4), .enter,
            ])
    }

    @Test func unknownSequencesAreSwallowedWhole() {
        #expect(keys("\u{1B}[200~\u{1B}[<0;10;5M\u{1B}[I\u{1B}[?62;22c\u{1B}OXq") == [.character("q")])
        #expect(keys("\u{1B}[99999999999999999999~q") == [.character("q")])
    }

    @Test func sequenceMayComeSlowlyButNotForEver() {
        var decoder = KeyDecoder()
        for byte in "\u{1B}[1;".utf8 { #expect(decoder.take(Int32(byte), at: .zero) == []) }
        #expect(decoder.endOfBurst() == [])
        var patient = decoder
        #expect(patient.take(0x35, at: .zero + 10 * .millisecond) == [])
        #expect(patient.take(0x41, at: .zero + 20 * .millisecond) == [.up])
        #expect(decoder.take(0x71, at: .zero + .second) == [.character("q")])
    }

    @Test func whatTheTerminalAnswersIsNoKey() {
        let answer = "\u{1B}]11;rgb:1e1e/2020/2828"
        for end in ["\u{1B}\\", "\u{7}"] {
            var decoder = KeyDecoder()
            decoder.expectAnswer()
            #expect(
                (answer + end + "q").utf8.flatMap { decoder.take(Int32($0), at: .zero) } == [.character("q")])
            #expect(decoder.takeBackground() == .rgb(0x1E, 0x20, 0x28))
            #expect(decoder.takeBackground() == nil)
        }
        // Strings of other kinds, too.
        #expect(keys("\u{1B}P1$r0m\u{1B}\\\u{1B}]52;c;aGk=\u{7}\u{1B}_Gi=1;OK\u{1B}\\q") == [.character("q")])
    }

    /// A slow line: each byte is a burst of its own, half a second after the last.
    @Test func anAnswerMayComeInPieces() {
        for end in ["\u{1B}\\", "\u{7}"] {
            var decoder = KeyDecoder()
            decoder.expectAnswer()
            var now = Moment.zero
            var found: [Key] = []
            for byte in ("\u{1B}]11;rgb:ff/fa/f0" + end).utf8 {
                now = now + 500 * .millisecond
                found += decoder.take(Int32(byte), at: now) + decoder.endOfBurst(at: now)
            }
            // Nothing tells its first byte from the key.
            #expect(found == [.escape])
            #expect(decoder.takeBackground() == .rgb(0xFF, 0xFA, 0xF0))
            #expect(decoder.take(Int32(UInt8(ascii: "q")), at: now + 1) == [.character("q")])
        }
    }

    @Test func whatIsNoAnswerEndsByItself() {
        var decoder = KeyDecoder()
        for byte in "\u{1B}]".utf8 { #expect(decoder.take(Int32(byte), at: .zero) == []) }
        #expect(decoder.take(0x71, at: .zero + .second) == [.character("q")])
        for byte in "\u{1B}]11;rgb:1".utf8 { #expect(decoder.take(Int32(byte), at: .zero) == []) }
        #expect(decoder.take(0x71, at: .zero + 2 * .second) == [.character("q")])
        // Without a question nothing is expected: a bracket is one.
        #expect(decoder.take(0x1B, at: .zero) == [] && decoder.endOfBurst(at: .zero) == [.escape])
        #expect(decoder.take(0x5D, at: .zero) == [.character("]")])
    }

    @Test(arguments: [
        ("11;rgb:0000/8080/ffff", Color.rgb(0, 128, 255)), ("11;rgb:f/0/f", .rgb(255, 0, 255)),
        ("11;rgba:1a/1b/1c/ff", .rgb(0x1A, 0x1B, 0x1C)), ("11;rgb:fff/000/800", .rgb(255, 0, 128)),
    ])
    func backgrounds(_ text: String, _ color: Color) {
        #expect(BackgroundQuery.color(in: Array(text.utf8)) == color)
    }

    @Test(arguments: [
        "", "11;?", "10;rgb:1/2/3", "11;rgb:1/2", "11;rgb:1/2/3/4", "11;rgb:x/2/3", "11;rgb:12345/2/3",
    ])
    func noBackgrounds(_ text: String) {
        #expect(BackgroundQuery.color(in: Array(text.utf8)) == nil)
    }
}
