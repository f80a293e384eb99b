import Charts

/// A screen as an SVG picture: for documents, made from a recording by the same code that draws the
/// terminal.
struct CanvasPicture {
    let svg: String

    private static let cellWidth = 8.0
    private static let cellHeight = 17.0
    private static let margin = 10.0
    private static let paper = "#0f1419"
    private static let ink = "#c8d3de"

    init(_ canvas: Canvas) {
        let width = Double(canvas.width) * Self.cellWidth + 2 * Self.margin
        let height = Double(canvas.height) * Self.cellHeight + 2 * Self.margin
        var parts = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width) \(height)\" "
                + "font-family=\"'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"13\">",
            "<rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"\(Self.paper)\"/>",
        ]
        for y in 0..<canvas.height { parts += Self.row(y, of: canvas) }
        parts.append("</svg>")
        svg = parts.joined(separator: "\n") + "\n"
    }

    /// Runs of one style, each stretched to its cells: whatever font the viewer has, columns stay columns.
    private static func row(_ y: Int, of canvas: Canvas) -> [String] {
        var elements: [String] = []
        var x = 0
        while x < canvas.width {
            let style = canvas[x, y].style
            var end = x
            var text = ""
            while end < canvas.width, canvas[end, y].style == style {
                if !canvas[end, y].isContinuation { text.unicodeScalars.append(canvas[end, y].scalar) }
                end += 1
            }
            elements += run(text, style, x: x, columns: end - x, y: y)
            x = end
        }
        return elements
    }

    private static func run(_ text: String, _ style: Style, x: Int, columns: Int, y: Int) -> [String] {
        let isReversed = style.attributes.contains(.reverse)
        let foreground = hex(style.foreground) ?? ink
        let background = hex(style.background)
        let left = margin + Double(x) * cellWidth
        let top = margin + Double(y) * cellHeight
        let span = Double(columns) * cellWidth
        var elements: [String] = []
        if let fill = isReversed ? foreground : background {
            elements.append(
                "<rect x=\"\(left)\" y=\"\(top)\" width=\"\(span)\" height=\"\(cellHeight)\" fill=\"\(fill)\"/>"
            )
        }
        guard text.contains(where: { $0 != " " }) else { return elements }
        var attributes = "fill=\"\(isReversed ? background ?? paper : foreground)\""
        if style.attributes.contains(.bold) { attributes += " font-weight=\"bold\"" }
        if style.attributes.contains(.dim) { attributes += " opacity=\"0.7\"" }
        if style.attributes.contains(.underline) { attributes += " text-decoration=\"underline\"" }
        elements.append(
            "<text x=\"\(left)\" y=\"\(top + 13)\" textLength=\"\(span)\" xml:space=\"preserve\" \(attributes)>"
                + escaped(text) + "</text>")
        return elements
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
