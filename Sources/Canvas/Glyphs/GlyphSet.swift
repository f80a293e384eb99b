/// The characters that charts are made of.
package enum GlyphSet: String, Hashable, Sendable, CaseIterable {
    /// 2×4 dots a cell; needs UTF-8 and a font with braille.
    case braille
    /// Eighth blocks and box lines; needs UTF-8.
    case block
    /// Nothing above 0x7E.
    case ascii
}

extension GlyphSet {
    /// Vertical bars: nine, from nothing to a full cell.
    package var verticalBars: [Unicode.Scalar] {
        self == .ascii
            ? [" ", ".", ".", ".", ":", ":", ":", "#", "#"] : [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    }

    /// Horizontal bars: nine, from nothing to a full cell.
    package var horizontalBars: [Unicode.Scalar] {
        self == .ascii
            ? [" ", " ", "-", "-", "-", "=", "=", "=", "#"] : [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]
    }

    /// The frame of a panel and the lines of an axis.
    package var box: BoxGlyphs { self == .ascii ? .ascii : .rounded }

    /// Eight signs, one for each series; begins again after eight.
    package func sign(_ series: Int) -> Unicode.Scalar {
        let signs: [Unicode.Scalar] =
            self == .ascii
            ? ["o", "x", "+", "*", "@", "%", "&", "$"] : ["●", "◆", "▲", "■", "○", "◇", "△", "□"]
        return signs[((series % 8) + 8) % 8]
    }

    /// Where the running level stands.
    package var live: Unicode.Scalar { self == .ascii ? "O" : "◉" }
    package var loadLine: Unicode.Scalar { self == .ascii ? "V" : "▼" }
    /// Points at a place on the axis above it.
    package var caret: Unicode.Scalar { self == .ascii ? "^" : "▴" }
    package var ellipsis: Unicode.Scalar { self == .ascii ? "~" : "…" }
    package var dot: Unicode.Scalar { self == .ascii ? "." : "·" }
    /// Recording.
    package var record: Unicode.Scalar { self == .ascii ? "*" : "●" }
    package var up: Unicode.Scalar { self == .ascii ? "^" : "↑" }
    package var down: Unicode.Scalar { self == .ascii ? "v" : "↓" }
    package var left: Unicode.Scalar { self == .ascii ? "<" : "←" }
    package var right: Unicode.Scalar { self == .ascii ? ">" : "→" }
    /// The selected row; a step in a path of names.
    package var pointer: Unicode.Scalar { self == .ascii ? ">" : "▸" }
    /// Signs that go with `good`, `warn` and `bad`, for those who can't tell the colours apart.
    package var good: Unicode.Scalar { self == .ascii ? "y" : "✓" }
    package var warn: Unicode.Scalar { "!" }
    package var bad: Unicode.Scalar { self == .ascii ? "x" : "✗" }
    /// The empty part of a gauge.
    package var shade: Unicode.Scalar { self == .ascii ? "." : "░" }
    /// Lines that aren't data: a limit, a marker.
    package var dashedVertical: Unicode.Scalar { self == .ascii ? ":" : "┊" }
    package var dashedHorizontal: Unicode.Scalar { self == .ascii ? "-" : "┄" }

    /// From the faintest to full: how much lies in a cell.
    package var shades: [Unicode.Scalar] {
        self == .ascii ? [".", ":", "+", "#", "@"] : ["·", "░", "▒", "▓", "█"]
    }
    /// Where half of what is counted lies below, and nearly all of it.
    package var median: Unicode.Scalar { self == .ascii ? "_" : "─" }
    package var high: Unicode.Scalar { self == .ascii ? "=" : "━" }

    /// One request of plimsoll's own among those that a server counted.
    package var canary: Unicode.Scalar { self == .ascii ? "*" : "◈" }

    /// A stretch of an axis that means something.
    package var heavyHorizontal: Unicode.Scalar { self == .ascii ? "=" : "━" }

    /// A panel's digit.
    package func digit(_ digit: Int) -> Unicode.Scalar {
        let digits: [Unicode.Scalar] =
            self == .ascii
            ? ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]
            : ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
        return digits.indices.contains(digit) ? digits[digit] : " "
    }
}

/// Box-drawing characters.
package struct BoxGlyphs: Hashable, Sendable {
    package let horizontal: Unicode.Scalar
    package let vertical: Unicode.Scalar
    package let topLeft: Unicode.Scalar
    package let topRight: Unicode.Scalar
    package let bottomLeft: Unicode.Scalar
    package let bottomRight: Unicode.Scalar
    /// A tick on a horizontal axis, pointing down; one on a vertical axis, pointing left.
    package let tickDown: Unicode.Scalar
    package let tickLeft: Unicode.Scalar
    /// The corner of two axes.
    package let origin: Unicode.Scalar

    static let rounded = BoxGlyphs(
        horizontal: "─", vertical: "│", topLeft: "╭", topRight: "╮", bottomLeft: "╰", bottomRight: "╯",
        tickDown: "┬", tickLeft: "┤", origin: "└")
    static let ascii = BoxGlyphs(
        horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+",
        tickDown: "+", tickLeft: "+", origin: "+")
}

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
            \.loadLine, \.caret, \.canary, \.up, \.down, \.left, \.right, \.pointer, \.good, \.bad, \.shade,
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
