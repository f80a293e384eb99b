import Canvas

extension CurvePainter {
    /// Joins the points, in their order, out to the live one.
    func drawLine(_ series: CurveSeries, on canvas: inout Canvas) {
        let points = (series.points + [series.live].compactMap(\.self)).filter(\.isDrawable)
        let style = canvas.theme.style(.series(series.index))
        let segments = zip(points, points.dropFirst())
        switch glyphs {
        case .braille: drawDots(segments.map { ($0, $1) }, columns: 2, rows: 4, style: style, on: &canvas)
        case .block: drawDots(segments.map { ($0, $1) }, columns: 2, rows: 2, style: style, on: &canvas)
        case .ascii:
            for (from, to) in segments { drawStrokes(from, to, style: style, on: &canvas) }
        }
    }

    /// In dots of a cell's `columns` × `rows`.
    private func drawDots(
        _ segments: [(CurvePoint, CurvePoint)], columns: Int, rows: Int, style: Style, on canvas: inout Canvas
    ) {
        var dots = DotGrid(width: plot.width, height: plot.height)
        for (from, to) in segments {
            steps(from, to, width: plot.width * columns, height: plot.height * rows) { x, y, _, _ in
                // Quadrants are kept in the upper half of a braille cell.
                dots.set(x, rows == 4 ? y : y / 2 * 4 + y % 2)
            }
        }
        for y in 0..<plot.height {
            for x in 0..<plot.width {
                guard let scalar = rows == 4 ? dots.scalar(x, y) : dots.quadrant(x, y) else { continue }
                canvas.put(scalar, x: plot.x + x, y: plot.y + y, style: style)
            }
        }
    }

    private func drawStrokes(_ from: CurvePoint, _ to: CurvePoint, style: Style, on canvas: inout Canvas) {
        steps(from, to, width: plot.width, height: plot.height) { x, y, dx, dy in
            guard x >= 0, y >= 0, x < plot.width, y < plot.height else { return }
            let glyph: Unicode.Scalar =
                abs(dy) < 0.3 * abs(dx) ? "-" : abs(dx) < 0.3 * abs(dy) ? "|" : dx * dy > 0 ? "\\" : "/"
            canvas.put(glyph, x: plot.x + x, y: plot.y + y, style: style)
        }
    }

    /// Walks a straight line on the screen in steps of a grid; `y` counts downwards. What's far outside is
    /// pulled to just outside, so that no line takes for ever.
    private func steps(
        _ from: CurvePoint, _ to: CurvePoint, width: Int, height: Int,
        visit: (_ x: Int, _ y: Int, _ dx: Double, _ dy: Double) -> Void
    ) {
        guard let x0 = scaled(x.position(from.x), width), let x1 = scaled(x.position(to.x), width),
            let y0 = scaled(y.position(from.y), height), let y1 = scaled(y.position(to.y), height)
        else { return }
        let dx = x1 - x0
        let dy = y0 - y1
        let count = Int(max(abs(dx), abs(dy)).rounded(.up))
        for step in 0...max(1, count) {
            let share = Double(step) / Double(max(1, count))
            let column = Int((x0 + dx * share).rounded(.down))
            let row = height - 1 - Int((y0 + (y1 - y0) * share).rounded(.down))
            visit(column, row, dx, dy)
        }
    }

    private func scaled(_ position: Double?, _ length: Int) -> Double? {
        // The upper end belongs to the last cell.
        position.map { $0 == 1 ? Double(length) - 0.5 : min(2, max(-1, $0)) * Double(length) }
    }
}

extension DotGrid {
    /// The quadrant block for a cell whose four dots are the upper ones; nil where none is set.
    func quadrant(_ x: Int, _ y: Int) -> Unicode.Scalar? {
        let bits = cells[y * width + x]
        let index = (bits & 0x01) | (bits & 0x08) >> 2 | (bits & 0x02) << 1 | (bits & 0x10) >> 1
        let quadrants: [Unicode.Scalar] = [
            " ", "▘", "▝", "▀", "▖", "▌", "▞", "▛", "▗", "▚", "▐", "▜", "▄", "▙", "▟", "█",
        ]
        return index == 0 ? nil : quadrants[Int(index & 15)]
    }
}
