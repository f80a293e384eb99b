import Canvas
import Testing

@testable import Terminal

@Suite struct InspectTests {
    private func terminfo(_ name: String, known: [String: (Int32, Int)]) throws -> (String, Int) {
        let found = try TerminalSession.terminfo(for: name) { known[$0] ?? (-1, 0) }
        return (found.term, found.colors)
    }

    @Test func namedTerminal() throws {
        let found = try terminfo("vt100", known: ["vt100": (1, 0), "xterm-256color": (1, 256)])
        #expect(found == ("vt100", 0))
    }

    @Test func unknownIsTakenForXterm() throws {
        #expect(try terminfo("nonsense", known: ["xterm-256color": (1, 256)]) == ("xterm-256color", 256))
        #expect(try terminfo("nonsense", known: ["xterm": (1, 8)]) == ("xterm", 8))
    }

    @Test(arguments: ["dumb", "unknown", "tty33"])
    func unfit(name: String) {
        let known: [String: (Int32, Int)] = [name: (0, 0), "xterm-256color": (1, 256)]
        #expect(throws: TerminalError.unfit(term: name)) { try terminfo(name, known: known) }
    }

    @Test func unset() {
        #expect(throws: TerminalError.termUnset) { try terminfo("", known: [:]) }
    }

    @Test func noDatabase() {
        #expect(throws: TerminalError.noDatabase(term: "a?b")) { try terminfo("a\u{1B}b", known: [:]) }
    }

    @Test(arguments: [
        (-1, ColorDepth.mono), (0, .mono), (2, .mono), (8, .ansi8), (16, .ansi16), (88, .ansi16),
        (256, .ansi256), (1 << 24, .trueColor),
    ])
    func depths(colors: Int, depth: ColorDepth) {
        #expect(ColorDepth(colors: colors) == depth)
    }

    @Test func glyphs() {
        #expect(TerminalTraits(term: "xterm", colorDepth: .mono, isUTF8: false).glyphs == .ascii)
        #expect(TerminalTraits(term: "linux", colorDepth: .ansi16, isUTF8: true).glyphs == .block)
        #expect(TerminalTraits(term: "xterm", colorDepth: .mono, isUTF8: true).glyphs == .braille)
    }

    @Test func everyErrorSaysWhatToDo() {
        let errors: [TerminalError] = [
            .notATerminal(stream: "standard output"), .termUnset, .unfit(term: "dumb"),
            .noDatabase(term: "x"), .refused(what: "no pipe", errno: 24),
        ]
        for error in errors {
            #expect(error.description.contains("--headless"))
            #expect(!error.description.contains("\n"))
        }
    }
}
