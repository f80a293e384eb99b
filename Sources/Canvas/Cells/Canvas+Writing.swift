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
