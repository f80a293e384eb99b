package import Canvas

/// What a terminal can do.
package struct TerminalTraits: Hashable, Sendable {
    /// The terminfo entry to use: usually $TERM.
    package var term: String
    package var colorDepth: ColorDepth
    /// Whether the locale's characters are UTF-8. Where they aren't, only ASCII can be shown.
    package var isUTF8: Bool
    /// One line for the user, when something had to be guessed.
    package var warning: String?

    package init(term: String, colorDepth: ColorDepth, isUTF8: Bool, warning: String? = nil) {
        self.term = term
        self.colorDepth = colorDepth
        self.isUTF8 = isUTF8
        self.warning = warning
    }

    /// What becomes of a text that is to go to the clipboard.
    package enum Copying: Hashable, Sendable {
        /// It may take it: none says whether it did.
        case byTerminal
        /// tmux takes it for itself, and passes it on where it's told to.
        case byMultiplexer
        case none
    }

    package var copying: Copying {
        guard BackgroundQuery.isKnown(to: term) else { return .none }
        if term.hasPrefix("tmux") { return .byMultiplexer }
        return term.hasPrefix("screen") ? .byMultiplexer : .byTerminal
    }

    /// The richest set that this terminal can be expected to have in its font: the Linux console's has no
    /// braille.
    package var glyphs: GlyphSet {
        guard isUTF8 else { return .ascii }
        return term == "linux" ? .block : .braille
    }
}
