import Measure

/// Cells → CSV: RFC 4180 quoting, one header row, lines ended by a bare newline (as `cut` and `awk` like it;
/// every reader of RFC 4180 takes it).
enum CSVText {
    static func append(_ cells: some Sequence<ColumnValue>, to bytes: inout [UInt8]) {
        var isFirst = true
        for cell in cells {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            append(cell, to: &bytes)
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    private static func append(_ cell: ColumnValue, to bytes: inout [UInt8]) {
        switch cell {
        case .missing: break
        case .integer(let value): bytes.append(contentsOf: String(value).utf8)
        case .number(let value): append(value, to: &bytes)
        case .text(let text): append(text, to: &bytes)
        }
    }

    /// Text that a spreadsheet might take for a formula: by its first character, by the first behind blanks and
    /// quotes, which some strip, or since it begins with what some take for a new cell. The full-width signs are
    /// formulas to East Asian ones.
    static func mayBeFormula(_ text: String) -> Bool {
        for (place, scalar) in text.unicodeScalars.enumerated() {
            switch scalar {
            case "=", "+", "-", "@", "＝", "＋", "－", "＠", "−", "﹢", "﹣", "﹦", "﹫": return true
            case "\"", "'": continue
            case _ where scalar.properties.isWhitespace || scalar.properties.generalCategory == .control:
                if place == 0, scalar != " ", scalar != "\u{A0}" { return true }
            case _ where scalar.properties.generalCategory == .format: continue
            default: return false
            }
        }
        return false
    }

    /// Text that a spreadsheet might take for a formula gets an apostrophe before it: model names and error
    /// messages are a server's words.
    private static func append(_ text: String, to bytes: inout [UInt8]) {
        let isFormula = mayBeFormula(text)
        let special: (UInt8) -> Bool = { byte in
            byte == UInt8(ascii: "\"") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n")
                || byte == UInt8(ascii: "\r")
        }
        let isQuoted =
            text.utf8.contains(where: special) || text.utf8.first == UInt8(ascii: " ")
            || text.utf8.last == UInt8(ascii: " ")
        if isQuoted { bytes.append(UInt8(ascii: "\"")) }
        if isFormula { bytes.append(UInt8(ascii: "'")) }
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        if isQuoted { bytes.append(UInt8(ascii: "\"")) }
    }

    /// Plain decimal with at most six places, whatever the locale; a figure that is none, or has more than
    /// eighteen digits, is an empty cell.
    private static func append(_ value: Double, to bytes: inout [UInt8]) {
        let scaled = (value * 1e6).rounded()
        guard scaled.isFinite else { return }
        guard let millionths = Int64(exactly: scaled) else {
            if let whole = Int64(exactly: value.rounded()) { bytes.append(contentsOf: String(whole).utf8) }
            return
        }
        if millionths < 0 { bytes.append(UInt8(ascii: "-")) }
        let (whole, fraction) = millionths.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
        bytes.append(contentsOf: String(whole).utf8)
        guard fraction > 0 else { return }
        bytes.append(UInt8(ascii: "."))
        var rest = fraction
        var place: UInt64 = 100_000
        while rest > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(rest / place))
            rest %= place
            place /= 10
        }
    }
}
