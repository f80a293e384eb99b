package import Canvas
import Charts

/// A screen as an SVG picture: for documents, made from a recording by the same code that draws the
/// terminal.
package struct CanvasPicture {
    package let svg: String

    private static let cellWidth = 8
    private static let cellHeight = 16
    private static let baseline = 12
    private static let margin = 10

    /// - Parameter rows: which of them to show; nil: all.
    package init(_ canvas: Canvas, rows: Range<Int>? = nil) {
        let rows = rows?.clamped(to: 0..<canvas.height) ?? 0..<canvas.height
        let width = canvas.width * Self.cellWidth + 2 * Self.margin
        let top = rows.lowerBound * Self.cellHeight
        let height = rows.count * Self.cellHeight + 2 * Self.margin
        var parts = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 \(top) \(width) \(height)\" "
                + "font-family=\"'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"13.3\">",
            "<rect y=\"\(top)\" width=\"100%\" height=\"100%\" rx=\"6\" fill=\"\(Self.paper(of: canvas))\"/>",
        ]
        for y in rows { parts += Self.row(y, of: canvas) }
        parts.append("</svg>")
        svg = parts.joined(separator: "\n") + "\n"
    }

    /// Runs of one style, every character at its own place: whatever font the viewer has, columns stay
    /// columns.
    private static func row(_ y: Int, of canvas: Canvas) -> [String] {
        var elements: [String] = []
        var x = 0
        while x < canvas.width {
            let style = canvas[x, y].style
            var end = x
            while end < canvas.width, canvas[end, y].style == style { end += 1 }
            elements += run(of: canvas, x..<end, y, style)
            x = end
        }
        return elements
    }

    private static func run(of canvas: Canvas, _ columns: Range<Int>, _ y: Int, _ style: Style) -> [String] {
        let isReversed = style.attributes.contains(.reverse)
        let foreground = hex(style.foreground) ?? hex(canvas.theme.color(.foreground)) ?? ink
        let background = hex(style.background)
        let top = margin + y * cellHeight
        var elements: [String] = []
        if let fill = isReversed ? foreground : background {
            elements.append(
                "<rect x=\"\(margin + columns.lowerBound * cellWidth)\" y=\"\(top)\" "
                    + "width=\"\(columns.count * cellWidth)\" height=\"\(cellHeight)\" fill=\"\(fill)\"/>")
        }
        let shown = columns.filter { canvas[$0, y].scalar != " " && !canvas[$0, y].isContinuation }
        guard !shown.isEmpty else { return elements }
        var attributes = "fill=\"\(isReversed ? background ?? paper(of: canvas) : foreground)\""
        if style.attributes.contains(.bold) { attributes += " font-weight=\"bold\"" }
        if style.attributes.contains(.dim) { attributes += " opacity=\"0.7\"" }
        if style.attributes.contains(.underline) { attributes += " text-decoration=\"underline\"" }
        let dots = shown.compactMap { brailleDots(canvas[$0, y].scalar, x: margin + $0 * cellWidth, y: top) }
        if !dots.isEmpty { elements.append("<path \(attributes) d=\"\(dots.joined())\"/>") }
        // A word an element: some viewers take no place but the first.
        var words: [[Int]] = []
        for column in shown where !isBraille(canvas[column, y].scalar) {
            if words.last?.last == column - 1 {
                words[words.count - 1].append(column)
            } else {
                words.append([column])
            }
        }
        for word in words {
            let places = word.map { "\(margin + $0 * cellWidth)" }.joined(separator: " ")
            let text = String(String.UnicodeScalarView(word.map { canvas[$0, y].scalar }))
            elements.append(
                "<text x=\"\(places)\" y=\"\(top + baseline)\" \(attributes)>\(escaped(text))</text>")
        }
        return elements
    }

    /// The theme's own background, or one that it can be read on.
    private static func paper(of canvas: Canvas) -> String { hex(canvas.theme.paper) ?? "#000000" }

    /// Where the theme leaves its text to the terminal, its background is taken to be dark.
    private static let ink = "#c8d3de"

    private static func isBraille(_ scalar: Unicode.Scalar) -> Bool {
        (0x2800...0x28FF).contains(scalar.value)
    }

    /// Braille as a path: fonts that have it seldom have it as wide as their letters.
    private static func brailleDots(_ scalar: Unicode.Scalar, x: Int, y: Int) -> String? {
        guard isBraille(scalar) else { return nil }
        // Unicode's numbering: 1, 2, 3, 7 down the left, 4, 5, 6, 8 down the right.
        let places = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)]
        let bits = scalar.value - 0x2800
        return places.enumerated().filter { bits & (1 << UInt32($0.offset)) != 0 }.map { _, place in
            "M\(x + 1 + place.0 * 4) \(y + 1 + place.1 * 4)h2.6v2.6h-2.6z"
        }.joined()
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    /// nil for the terminal's own; its sixteen as most terminals have them.
    private static func hex(_ color: Color) -> String? {
        let sixteen = [
            "#000000", "#cd3131", "#0dbc79", "#e5e510", "#2472c8", "#bc3fbc", "#11a8cd", "#e5e5e5", "#666666",
            "#f14c4c", "#23d18b", "#f5f543", "#3b8eea", "#d670d6", "#29b8db", "#ffffff",
        ]
        switch color {
        case .terminal: return nil
        case .ansi(let number): return sixteen[Int(number) % sixteen.count]
        case .rgb(let red, let green, let blue):
            let digits = [red, green, blue].map { byte in
                (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
            return "#" + digits.joined()
        }
    }
}
