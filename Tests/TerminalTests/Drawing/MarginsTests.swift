import Testing

@testable import Terminal

@Suite struct MarginsTests {
    private let usual = "\u{1B}[%i%p1%d;%p2%dr"

    @Test func theFirstFrameScrollsWhole() {
        let margins = Margins(capability: usual, rows: 24)
        let frame = Array("\u{1B}[?1049h\u{1B}[1;24r\u{1B}[m\u{1B}[1;24r".utf8)
        #expect(margins.corrected(frame) == Array("\u{1B}[?1049h\u{1B}[r\u{1B}[m\u{1B}[1;24r".utf8))
        #expect(margins.corrected([]) == [])
        #expect(margins.full == Array("\u{1B}[r".utf8))
    }

    @Test(arguments: [nil, "", "\u{1B}F%p1%c"])
    func withoutMarginsNothingIsTouched(capability: String?) {
        let margins = Margins(capability: capability, rows: 24)
        #expect(margins.full == [])
        #expect(margins.corrected(Array("\u{1B}[1;24r".utf8)) == Array("\u{1B}[1;24r".utf8))
    }
}
