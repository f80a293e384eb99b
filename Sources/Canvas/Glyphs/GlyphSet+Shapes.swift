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
