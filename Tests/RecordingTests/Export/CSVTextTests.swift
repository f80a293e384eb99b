import Measure
import Testing

@testable import Recording

@Suite struct CSVTextTests {
    private func line(_ cells: ColumnValue...) -> String {
        var bytes: [UInt8] = []
        CSVText.append(cells, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func plainCells() {
        #expect(line(.text("a b"), .integer(-3), .missing, .number(2)) == "a b,-3,,2\n")
        #expect(line() == "\n")
        #expect(line(.integer(.min)) == "-9223372036854775808\n")
    }

    @Test func quoting() {
        #expect(
            line(.text("a,b"), .text("say \"x\""), .text("two\nlines"), .text("\r"))
                == "\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",\"'\r\"\n")
        #expect(line(.text(" a"), .text("ü,🚢")) == "\" a\",\"ü,🚢\"\n")
    }

    @Test func noFormulas() {
        #expect(line(.text("=1+1"), .text("@x"), .text("-m,"), .text("a=b")) == "'=1+1,'@x,\"'-m,\",a=b\n")
    }

    /// Whatever a spreadsheet may take for the beginning of a formula, or for a cell of its own.
    @Test(arguments: [
        "=1", "+1", "-1", "@x", "\t=1", "\tx", "\nx", "\n=1", "\rx", "\r\n=1", "＝1", "＋1", "－1", "＠x", " =1",
        "   @x", "\u{A0}=1", "\"=1", "'=1", "\"\"=1", " \"=1", "\u{FEFF}=1", "\u{200B}=1", "\u{0}=1",
        "\u{B}x",
        "\u{85}=1", "\u{2028}=1", "\u{3000}＝1", "−1",
    ])
    func formulasAreNeutralised(_ text: String) {
        let cell = line(.text(text)).dropLast()
        let content = cell.hasPrefix("\"") ? cell.dropFirst() : cell
        #expect(content.hasPrefix("'"))
    }

    @Test(arguments: ["a=b", "x -1", " a", "ü", "(=1)", "", "1+1", "mail@host", "“=1”"])
    func otherTextStays(_ text: String) { #expect(!line(.text(text)).contains("'")) }

    @Test(arguments: [
        (0.0, "0"), (-0.0, "0"), (0.1 + 0.2, "0.3"), (61.25, "61.25"), (-1.5, "-1.5"), (1e-7, "0"),
        (-1e-9, "0"),
        (0.000001, "0.000001"), (1_234_567.000_001, "1234567.000001"), (1e15, "1000000000000000"),
        (.nan, ""), (.infinity, ""), (-.infinity, ""), (1e300, ""), (.leastNormalMagnitude, "0"),
    ])
    func numbers(_ value: Double, _ text: String) {
        #expect(line(.number(value)) == text + "\n")
    }
}
