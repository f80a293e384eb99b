import Canvas
import Charts
import Testing

@testable import Dashboard

@Suite struct LineEditorTests {
    private func type(_ text: String, into editor: inout LineEditor) {
        for character in text { _ = editor.handle(.character(character)) }
    }

    @Test func typingAndTakingBack() {
        var editor = LineEditor()
        type("new buildd", into: &editor)
        #expect(editor.handle(.backspace) == .editing)
        #expect(editor.text == "new build")
        _ = editor.handle(.control("w"))
        #expect(editor.text == "new ")
        _ = editor.handle(.control("u"))
        #expect(editor.text == "")
        #expect(editor.handle(.backspace) == .editing)
        #expect(editor.handle(.enter) == .done(""))
        #expect(editor.handle(.escape) == .cancelled)
    }

    @Test func itTakesNothingThatATerminalWouldActOn() {
        var editor = LineEditor()
        type("a\u{1B}b\u{202E}c\u{7}d", into: &editor)
        #expect(editor.text == "abcd")
        type("ü漢", into: &editor)
        #expect(editor.text == "abcdü漢")
    }

    @Test func itEnds() {
        var editor = LineEditor()
        type(String(repeating: "x", count: 500), into: &editor)
        #expect(editor.text.count == LineEditor.limit)
    }
}
