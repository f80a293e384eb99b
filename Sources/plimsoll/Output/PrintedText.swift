import Canvas

/// Text as it may reach a terminal.
enum PrintedText {
    /// Line by line what the screen would show: no escape sequence, no other control character, nothing that turns
    /// the direction of text.
    static func lines(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { Harmless.text(String($0), limit: .max) }.joined(separator: "\n")
    }

    /// The same document: outside of ASCII, what a terminal might act on is escaped. (It can only stand inside of
    /// strings, and JSON's own controls are escaped already.)
    static func json(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control where scalar != "\n", .format, .lineSeparator, .paragraphSeparator:
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    result.append(
                        contentsOf: "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)"
                            .unicodeScalars)
                }
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
