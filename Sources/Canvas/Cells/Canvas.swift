/// A screen that isn't one: a grid of cells into which everything is drawn, with the colours and the characters
/// that it's drawn with. Writing outside it does nothing.
package struct Canvas: Hashable, Sendable {
    package let width: Int
    package let height: Int
    package let theme: Theme
    package let glyphs: GlyphSet
    /// Row by row, `width × height`.
    public private(set) var cells: [Cell]

    /// Blank, on the theme's own background.
    package init(width: Int, height: Int, theme: Theme = .standard, glyphs: GlyphSet = .braille) {
        self.theme = theme
        self.glyphs = glyphs
        self.width = max(0, width)
        self.height = max(0, height)
        cells = Array(
            repeating: Cell(" ", Style(.terminal, on: theme.color(.background))),
            count: self.width * self.height)
    }

    package var bounds: Rect { Rect(x: 0, y: 0, width: width, height: height) }

    package subscript(x: Int, y: Int) -> Cell {
        get {
            guard x >= 0, x < width, y >= 0, y < height else { return .blank }
            return cells[y * width + x]
        }
        set {
            guard x >= 0, x < width, y >= 0, y < height else { return }
            cells[y * width + x] = newValue
        }
    }
}

extension Canvas {
    /// Writes one line of text, made harmless first, and returns the columns that it took.
    ///
    /// - Parameters:
    ///   - maxWidth: cuts the text there, with `ellipsis` as its last column; the canvas's right edge cuts too.
    ///   - ellipsis: `GlyphSet.ellipsis`; `~` where there is only ASCII.
    @discardableResult
    package mutating func write(
        _ text: String, x: Int, y: Int, style: Style = .plain, maxWidth: Int? = nil,
        ellipsis: Unicode.Scalar = "…"
    ) -> Int {
        let clean = Harmless.scalars(text)
        let total = TextWidth.columns(of: clean)
        let limit = max(0, maxWidth ?? Int.max)
        guard limit > 0 else { return 0 }
        let room = total > limit ? limit - 1 : limit
        var used = 0
        for scalar in clean {
            let columns = TextWidth.columns(of: scalar)
            guard columns > 0 else { continue }
            guard used + columns <= room else { break }
            put(scalar, columns: columns, x: x + used, y: y, style: style)
            used += columns
        }
        if total > limit {
            put(ellipsis, x: x + used, y: y, style: style)
            used += 1
        }
        return used
    }

    /// Writes text so that its last column is the one before `endX`; what's too long loses its end.
    @discardableResult
    package mutating func write(
        rightAligned text: String, endX: Int, y: Int, style: Style = .plain, maxWidth: Int? = nil,
        ellipsis: Unicode.Scalar = "…"
    ) -> Int {
        let columns = min(TextWidth.columns(of: text), max(0, maxWidth ?? Int.max))
        return write(text, x: endX - columns, y: y, style: style, maxWidth: columns, ellipsis: ellipsis)
    }

    /// Puts one character; a `.terminal` background leaves the cell's background as it is, so that what is
    /// drawn on a selected row or on a theme's own background stays on it.
    package mutating func put(_ scalar: Unicode.Scalar, x: Int, y: Int, style: Style = .plain) {
        put(scalar, columns: max(1, TextWidth.columns(of: scalar)), x: x, y: y, style: style)
    }

    /// Sets every cell of `rect` to `cell`.
    package mutating func fill(_ rect: Rect, _ cell: Cell = .blank) {
        let xs = max(0, rect.x)..<max(max(0, rect.x), min(width, rect.maxX))
        let ys = max(0, rect.y)..<max(max(0, rect.y), min(height, rect.maxY))
        for y in ys {
            guard !xs.isEmpty else { break }
            split(x: xs.lowerBound, y: y)
            split(x: xs.upperBound, y: y)
            for x in xs { self[x, y] = cell }
        }
    }

    /// The canvas as text, for tests and captures: rows joined by newlines, trailing blanks trimmed.
    package var text: String {
        var rows: [String] = []
        for y in 0..<height {
            var row = String.UnicodeScalarView()
            for x in 0..<width where !self[x, y].isContinuation { row.append(self[x, y].scalar) }
            while row.last == " " { row.removeLast() }
            rows.append(String(row))
        }
        return rows.joined(separator: "\n")
    }

    private mutating func put(_ scalar: Unicode.Scalar, columns: Int, x: Int, y: Int, style: Style) {
        guard x >= 0, y >= 0, y < height, x < width, columns <= width - x else { return }
        split(x: x, y: y)
        split(x: x + columns, y: y)
        for offset in 0..<columns {
            var style = style
            if style.background == .terminal { style.background = self[x + offset, y].style.background }
            // A colour on a blank cell can't be seen and costs as many bytes as a letter.
            if scalar == " " {
                style.foreground = .terminal
                style.attributes.formIntersection([.underline, .reverse])
            }
            self[x + offset, y] = Cell(offset == 0 ? scalar : " ", style, isContinuation: offset > 0)
        }
    }

    /// Before something new begins at `x`: a double-width character that straddles that edge is blanked.
    private mutating func split(x: Int, y: Int) {
        guard x > 0, self[x, y].isContinuation else { return }
        self[x - 1, y] = Cell(" ", Style(.terminal, on: self[x - 1, y].style.background))
        self[x, y] = Cell(" ", Style(.terminal, on: self[x, y].style.background))
    }
}

extension Canvas {
    /// A box along the inside of `rect`'s edge; nothing when that has fewer than two rows or columns.
    package mutating func frame(_ rect: Rect, style: Style = .plain) {
        guard rect.width >= 2, rect.height >= 2 else { return }
        let box = glyphs.box
        let right = rect.maxX - 1
        let bottom = rect.maxY - 1
        for x in max(0, rect.x + 1)..<max(max(0, rect.x + 1), min(width, right)) {
            put(box.horizontal, x: x, y: rect.y, style: style)
            put(box.horizontal, x: x, y: bottom, style: style)
        }
        for y in max(0, rect.y + 1)..<max(max(0, rect.y + 1), min(height, bottom)) {
            put(box.vertical, x: rect.x, y: y, style: style)
            put(box.vertical, x: right, y: y, style: style)
        }
        put(box.topLeft, x: rect.x, y: rect.y, style: style)
        put(box.topRight, x: right, y: rect.y, style: style)
        put(box.bottomLeft, x: rect.x, y: bottom, style: style)
        put(box.bottomRight, x: right, y: bottom, style: style)
    }
}
