extension ThemePaint {
    /// What a value may be; for error messages.
    static let forms =
        "write \"#RRGGBB\", \"#BW\" for a grey, \"R G B\" with 0 to 255 each, \"ansi:0\" to \"ansi:15\" or "
        + "\"terminal\""

    /// A value of a theme file, without its quotes; nil when it is none.
    ///
    /// btop's three forms, and two of ours: `ansi:4`, one of the terminal's sixteen, and `terminal`, its own
    /// foreground. After any of them may stand `bold`, `dim`, `underline` and `reverse`.
    init?(parsing value: String) {
        var words = value.split(whereSeparator: { $0 == " " || $0 == "\t" })
        var attributes: Style.Attributes = []
        while let word = words.last, let attribute = Self.attribute(word) {
            attributes.insert(attribute)
            words.removeLast()
        }
        guard let color = Self.color(words) else { return nil }
        self.init(color: color, attributes: attributes)
    }

    private static func attribute(_ word: Substring) -> Style.Attributes? {
        switch word {
        case "bold": .bold
        case "dim": .dim
        case "underline": .underline
        case "reverse": .reverse
        default: nil
        }
    }

    private static func color(_ words: [Substring]) -> Color? {
        if words.count == 3 {
            let parts = words.compactMap { word in word.allSatisfy(\.isASCIIDigit) ? UInt8(word) : nil }
            return parts.count == 3 ? .rgb(parts[0], parts[1], parts[2]) : nil
        }
        guard words.count == 1, let word = words.first else { return nil }
        if word == "terminal" { return .terminal }
        if word.hasPrefix("ansi:") {
            guard let number = UInt8(word.dropFirst(5)), number < 16 else { return nil }
            return .ansi(number)
        }
        guard word.hasPrefix("#") else { return nil }
        let digits = word.dropFirst()
        guard digits.utf8.count == 2 || digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit),
            let number = UInt32(digits, radix: 16)
        else { return nil }
        if digits.utf8.count == 2 {
            let grey = UInt8(truncatingIfNeeded: number)
            return .rgb(grey, grey, grey)
        }
        return .rgb(
            UInt8(truncatingIfNeeded: number >> 16), UInt8(truncatingIfNeeded: number >> 8),
            UInt8(truncatingIfNeeded: number))
    }
}

extension Character {
    var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
