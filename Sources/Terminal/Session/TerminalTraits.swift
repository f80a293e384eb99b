import Canvas

/// What a terminal can do.
public struct TerminalTraits: Hashable, Sendable {
    /// The terminfo entry to use: usually $TERM.
    public var term: String
    public var colorDepth: ColorDepth
    /// Whether the locale's characters are UTF-8. Where they aren't, only ASCII can be shown.
    public var isUTF8: Bool
    /// One line for the user, when something had to be guessed.
    public var warning: String?

    public init(term: String, colorDepth: ColorDepth, isUTF8: Bool, warning: String? = nil) {
        self.term = term
        self.colorDepth = colorDepth
        self.isUTF8 = isUTF8
        self.warning = warning
    }

    /// The richest set that this terminal can be expected to have in its font: the Linux console's has no
    /// braille.
    public var glyphs: GlyphSet {
        guard isUTF8 else { return .ascii }
        return term == "linux" ? .block : .braille
    }
}
