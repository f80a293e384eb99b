import Canvas
import Testing

@testable import Terminal

@Suite struct ClipboardTests {
    @Test func whatTheTerminalIsTold() throws {
        let bytes = try #require(Clipboard.bytes(for: "load line ▼\n"))
        #expect(String(decoding: bytes, as: UTF8.self) == "\u{1B}]52;c;bG9hZCBsaW5lIOKWvAo=\u{1B}\\")
        // Whatever the text is, nothing in it ends the sequence.
        let hostile = try #require(Clipboard.bytes(for: "\u{1B}\\\u{7}"))
        #expect(hostile.dropFirst().dropLast(2).allSatisfy { (0x20..<0x7F).contains($0) })
        #expect(Clipboard.bytes(for: String(repeating: "x", count: Clipboard.most + 1)) == nil)
    }

    @Test func whoTakesIt() {
        func copying(_ term: String) -> TerminalTraits.Copying {
            TerminalTraits(term: term, colorDepth: .ansi256, isUTF8: true).copying
        }
        #expect(copying("xterm-256color") == .byTerminal)
        #expect(copying("tmux-256color") == .byMultiplexer && copying("screen-256color") == .byMultiplexer)
        #expect(copying("linux") == .none && copying("vt100") == .none)
    }
}
