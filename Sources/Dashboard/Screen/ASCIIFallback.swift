import Charts

extension Canvas {
    /// For terminals that can show nothing else: whatever is left above 0x7E (a dash in a figure, a model's
    /// name) becomes something like it, cell by cell, so that no column moves.
    mutating func reduceToASCII() {
        for y in 0..<height {
            for x in 0..<width {
                let cell = self[x, y]
                if cell.isContinuation {
                    self[x, y] = Cell("?", cell.style)
                } else if cell.scalar.value > 0x7E {
                    self[x, y] = Cell(Self.ascii(cell.scalar), cell.style)
                }
            }
        }
    }

    private static func ascii(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar {
        case "–", "—", "‑", "−": "-"
        case "…", "±", "≈": "~"
        case "≥": ">"
        case "≤": "<"
        case "µ", "μ": "u"
        case "·", "•": "."
        case "×": "x"
        case "←": "<"
        case "→": ">"
        case "↑": "^"
        case "↓": "v"
        case "’", "‘": "'"
        case "“", "”": "\""
        case "\u{A0}", "\u{202F}", "\u{2009}": " "
        default: "?"
        }
    }
}
