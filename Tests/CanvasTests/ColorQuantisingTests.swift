import Testing

@testable import Canvas

@Suite struct ColorQuantisingTests {
    @Test(arguments: [
        (Color.rgb(0, 0, 0), 232, 0), (.rgb(255, 255, 255), 255, 15), (.rgb(128, 128, 128), 244, 8),
        (.rgb(255, 0, 0), 196, 9), (.rgb(0, 0, 95), 17, 4), (.rgb(0, 255, 255), 51, 14),
        (.rgb(95, 135, 175), 67, 12), (.rgb(10, 24, 38), 16, 0),
        (.rgb(240, 113, 120), 204, 9), (.rgb(127, 217, 98), 113, 10), (.rgb(255, 180, 84), 215, 11),
        (.rgb(150, 30, 30), 88, 1), (.rgb(68, 72, 80), 59, 8), (.ansi(4), 4, 4), (.ansi(255), 15, 15),
    ])
    func numbers(_ color: Color, _ in256: Int, _ in16: Int) {
        #expect(color.quantised(to: .ansi256)?.paletteNumber == in256)
        #expect(color.quantised(to: .ansi16)?.paletteNumber == in16)
        #expect(color.quantised(to: .mono) == nil)
    }

    @Test func others() {
        #expect(Color.rgb(1, 2, 3).quantised(to: .trueColor) == .rgb(1, 2, 3))
        #expect(Color.rgb(1, 2, 3).quantised(to: .trueColor)?.paletteNumber == nil)
        #expect(Color.terminal.quantised(to: .ansi16)?.paletteNumber == -1)
    }

    @Test func everyColourHasANumber() {
        for r in stride(from: 0, through: 255, by: 15) {
            for g in stride(from: 0, through: 255, by: 15) {
                for b in stride(from: 0, through: 255, by: 15) {
                    let color = Color.rgb(UInt8(r), UInt8(g), UInt8(b))
                    let number = color.quantised(to: .ansi256)?.paletteNumber ?? 0
                    #expect((16...255).contains(number))
                }
            }
        }
    }
}

@Suite struct GlyphSetTests {
    @Test(arguments: GlyphSet.allCases)
    func signsAreDistinctAndOneColumnWide(_ glyphs: GlyphSet) {
        let signs = (0..<8).map(glyphs.sign)
        #expect(Set(signs).count == 8)
        #expect(glyphs.sign(8) == glyphs.sign(0))
        #expect(glyphs.sign(-1) == glyphs.sign(7))
        let isNarrow = (signs + glyphs.verticalBars + glyphs.horizontalBars)
            .allSatisfy { TextWidth.columns(of: $0) == 1 }
        #expect(isNarrow)
        #expect(glyphs.digit(10) == " ")
    }

    @Test func asciiIsASCII() {
        let glyphs = GlyphSet.ascii
        let isASCII = (glyphs.verticalBars + glyphs.horizontalBars).allSatisfy { $0.isASCII }
        #expect(isASCII)
        #expect(glyphs.fit("850 µs – 3 × 2 ü") == "850 us - 3 x 2 ?")
        #expect(GlyphSet.block.fit("µ") == "µ")
    }
}
