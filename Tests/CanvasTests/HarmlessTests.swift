import Measure
import Testing

@testable import Canvas

@Suite struct HarmlessTests {
    @Test(arguments: [
        ("plain", "plain"),
        ("\u{1B}[31mred\u{1B}[0m", "red"),
        ("\u{1B}]0;title\u{07}after", "after"),
        ("\u{1B}]8;;http://x\u{1B}\\link\u{1B}]8;;\u{1B}\\", "link"),
        ("\u{1B}P1$qm\u{1B}\\x", "x"),
        ("\u{1B}cx", "x"),
        ("\u{1B}(Bx", "x"),
        ("\u{9B}31mc1", "c1"),
        ("\u{9D}0;t\u{9C}c1", "c1"),
        ("a\u{7}\u{8}\u{0}\u{7F}b", "ab"),
        ("a\tb\r\nc", "a b c"),
        ("a\u{202E}gnp.exe\u{2066}b", "agnp.exeb"),
        ("zero\u{200B}width\u{200D}join\u{FEFF}er", "zerowidthjoiner"),
        ("e\u{301}\u{302}\u{303}", "e"),
        ("👩\u{200D}🚀", "👩🚀"),
        ("❤\u{FE0F}", "❤"),
        ("line\u{2028}sep", "line sep"),
        ("private\u{E000}", "private\u{FFFD}"),
        ("\u{E0041}tag", "tag"),
        ("unfinished \u{1B}[", "unfinished "),
        ("unfinished \u{1B}]0;", "unfinished "),
        ("fill\u{3164}er", "filler"),
    ])
    func strips(_ raw: String, _ shown: String) {
        #expect(Harmless.text(raw) == shown)
    }

    /// A string sequence without an end must not hide all that follows.
    @Test func anEndlessSequenceEnds() {
        let raw = "\u{1B}]" + String(repeating: "x", count: 1000) + "end"
        #expect(Harmless.text(raw, limit: 4096).hasSuffix("end"))
    }

    @Test func limits() {
        #expect(Harmless.text("abcdef", limit: 6) == "abcdef")
        #expect(Harmless.text("abcdef", limit: 5) == "abcd…")
        #expect(Harmless.text("abcdef", limit: 1) == "…")
        #expect(Harmless.text("abcdef", limit: 0) == "")
        #expect(Harmless.text("abcdef", limit: -1) == "")
        #expect(Harmless.text("abcdef", limit: .max) == "abcdef")
    }

    @Test func nothingDangerousComesThroughWhateverGoesIn() {
        var random = SplitMix64(seed: 3)
        for _ in 0..<3000 {
            var raw = String.UnicodeScalarView()
            for _ in 0..<20 {
                let range: UInt64 = random.next() % 2 == 0 ? 0xA0 : 0x3000
                if let scalar = Unicode.Scalar(UInt32(random.next() % range)) { raw.append(scalar) }
            }
            let text = Harmless.text(String(raw))
            for scalar in text.unicodeScalars {
                #expect(scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value))
                #expect(TextWidth.columns(of: scalar) > 0)
            }
        }
    }
}

@Suite struct TextWidthTests {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("日本", 4), ("한글", 4), ("é", 1), ("e\u{301}", 1), ("🚀", 2), ("ｗ", 2), ("⣿", 1),
        ("…", 1), ("●", 1), ("\u{1B}[1mx", 1), ("\u{200B}", 0), ("🇩🇪", 2),
    ])
    func columns(_ text: String, _ columns: Int) {
        #expect(TextWidth.columns(of: text) == columns)
    }
}
