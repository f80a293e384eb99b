extension GlyphSet {
    /// Vertical bars: nine, from nothing to a full cell.
    public var verticalBars: [Unicode.Scalar] {
        self == .ascii
            ? [" ", ".", ".", ".", ":", ":", ":", "#", "#"] : [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    }

    /// Horizontal bars: nine, from nothing to a full cell.
    public var horizontalBars: [Unicode.Scalar] {
        self == .ascii
            ? [" ", " ", "-", "-", "-", "=", "=", "=", "#"] : [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]
    }

    /// The frame of a panel and the lines of an axis.
    public var box: BoxGlyphs { self == .ascii ? .ascii : .rounded }

    /// Eight signs, one for each series; begins again after eight.
    public func sign(_ series: Int) -> Unicode.Scalar {
        let signs: [Unicode.Scalar] =
            self == .ascii
            ? ["o", "x", "+", "*", "@", "%", "&", "$"] : ["●", "◆", "▲", "■", "○", "◇", "△", "□"]
        return signs[((series % 8) + 8) % 8]
    }

    /// Where the running level stands.
    public var live: Unicode.Scalar { self == .ascii ? "O" : "◉" }
    public var loadLine: Unicode.Scalar { self == .ascii ? "V" : "▼" }
    /// Points at a place on the axis above it.
    public var caret: Unicode.Scalar { self == .ascii ? "^" : "▴" }
    public var ellipsis: Unicode.Scalar { self == .ascii ? "~" : "…" }
    public var dot: Unicode.Scalar { self == .ascii ? "." : "·" }
    /// Recording.
    public var record: Unicode.Scalar { self == .ascii ? "*" : "●" }
    public var up: Unicode.Scalar { self == .ascii ? "^" : "↑" }
    public var down: Unicode.Scalar { self == .ascii ? "v" : "↓" }
    public var left: Unicode.Scalar { self == .ascii ? "<" : "←" }
    public var right: Unicode.Scalar { self == .ascii ? ">" : "→" }
    /// The selected row; a step in a path of names.
    public var pointer: Unicode.Scalar { self == .ascii ? ">" : "▸" }
    /// Signs that go with `good`, `warn` and `bad`, for those who can't tell the colours apart.
    public var good: Unicode.Scalar { self == .ascii ? "y" : "✓" }
    public var warn: Unicode.Scalar { "!" }
    public var bad: Unicode.Scalar { self == .ascii ? "x" : "✗" }
    /// The empty part of a gauge.
    public var shade: Unicode.Scalar { self == .ascii ? "." : "░" }
    /// Lines that aren't data: a limit, a marker.
    public var dashedVertical: Unicode.Scalar { self == .ascii ? ":" : "┊" }
    public var dashedHorizontal: Unicode.Scalar { self == .ascii ? "-" : "┄" }

    /// A stretch of an axis that means something.
    public var heavyHorizontal: Unicode.Scalar { self == .ascii ? "=" : "━" }

    /// A panel's digit.
    public func digit(_ digit: Int) -> Unicode.Scalar {
        let digits: [Unicode.Scalar] =
            self == .ascii
            ? ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]
            : ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
        return digits.indices.contains(digit) ? digits[digit] : " "
    }
}
