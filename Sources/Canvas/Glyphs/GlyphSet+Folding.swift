extension GlyphSet {
    /// `text` in characters that this set has: unchanged but in ASCII, where `µ` becomes `u`, `–` a hyphen,
    /// and what has no likeness a `?`.
    package func fit(_ text: String) -> String {
        guard self == .ascii, text.utf8.contains(where: { $0 > 0x7E }) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map(fold)))
    }

    package func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        guard self == .ascii, scalar.value > 0x7E else { return scalar }
        return Self.likeness[scalar] ?? (0x2800...0x28FF ~= scalar.value ? "." : "?")
    }

    private static let likeness: [Unicode.Scalar: Unicode.Scalar] = {
        var table: [Unicode.Scalar: Unicode.Scalar] = [
            "µ": "u", "μ": "u", "–": "-", "—": "-", "−": "-", "×": "x", "·": ".", "•": "*", "…": "~",
            "±": "~", "≤": "<", "≥": ">", "≈": "~", "Δ": "D", "λ": "l", "σ": "s", "κ": "k", "°": "o",
            "‘": "'", "’": "'", "“": "\"", "”": "\"", "‹": "<", "›": ">", "«": "<", "»": ">", "\u{A0}": " ",
            "├": "|", "┤": "|", "┴": "+", "┬": "+", "┼": "+", "│": "|", "─": "-", "┌": "+", "┐": "+",
            "└": "+", "┘": "+", "▏": "|", "▕": "|", "▒": ":", "▓": "#", "▾": "v", "▿": "v", "▵": "^",
            "◂": "<", "◀": "<", "▶": ">", "▻": ">", "◉": "O", "⏸": "=", "⚠": "!",
        ]
        let braille = GlyphSet.braille
        let ascii = GlyphSet.ascii
        for index in 0..<8 { table[braille.sign(index)] = ascii.sign(index) }
        for (from, to) in zip(
            braille.verticalBars + braille.horizontalBars, ascii.verticalBars + ascii.horizontalBars)
        where table[from] == nil {
            table[from] = to
        }
        for digit in 0...9 { table[braille.digit(digit)] = ascii.digit(digit) }
        for path: KeyPath<GlyphSet, Unicode.Scalar> in [
            \.loadLine, \.caret, \.up, \.down, \.left, \.right, \.pointer, \.good, \.bad, \.shade,
            \.dashedVertical, \.dashedHorizontal, \.box.topLeft, \.box.topRight, \.box.bottomLeft,
            \.box.bottomRight,
        ] {
            table[braille[keyPath: path]] = ascii[keyPath: path]
        }
        return table
    }()
}

extension Canvas {
    /// Replaces what its glyphs don't have. The last thing to do to a canvas for a terminal that has only
    /// ASCII, whatever text from outside was drawn on it.
    package mutating func fold() {
        guard glyphs == .ascii else { return }
        for y in 0..<height {
            for x in 0..<width {
                var cell = self[x, y]
                guard cell.isContinuation || cell.scalar.value > 0x7E else { continue }
                cell.scalar = cell.isContinuation ? " " : glyphs.fold(cell.scalar)
                cell.isContinuation = false
                self[x, y] = cell
            }
        }
    }
}
