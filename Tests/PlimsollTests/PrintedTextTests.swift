import Testing

@testable import plimsoll

@Suite struct PrintedTextTests {
    @Test(arguments: [
        ("plain\n  text\n", "plain\n  text\n"),
        ("\u{1B}[2J\u{1B}]0;owned\u{7}x\n", "x\n"),
        ("a\rb\u{8}\u{7F}c", "a bc"),
        ("\u{9B}31mred\u{90}dcs\u{9C}!", "red!"),
        ("safe\u{202E}gpj.exe\u{200B}", "safegpj.exe"),
        ("tab\there", "tab here"),
        ("µs · “words” ≤ ▓ ⣿\n", "µs · “words” ≤ ▓ ⣿\n"),
        ("", ""),
    ])
    func lines(_ text: String, _ shown: String) { #expect(PrintedText.lines(text) == shown) }

    @Test(arguments: [
        (#"{"a":"é🚢"}"# + "\n", #"{"a":"é🚢"}"# + "\n"),
        ("\"\u{7F}\u{9B}\"", #""\u007f\u009b""#),
        ("\"\u{202E}\u{E0001}\"", #""\u202e\udb40\udc01""#),
    ])
    func json(_ text: String, _ shown: String) { #expect(PrintedText.json(text) == shown) }
}
