package import Canvas

extension Sparkline {
    package func draw(on canvas: inout Canvas, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let shown = Array(values.suffix(Self.capacity(width: rect.width, glyphs: canvas.glyphs))).map(known)
        let finite = shown.compactMap(\.self).filter(\.isFinite)
        var top = maximum ?? finite.max() ?? 0
        if !(top > 0 && top.isFinite) { top = finite.max() ?? 0 }
        let heights = shown.map { value -> Double in
            guard let value, value > 0 else { return 0 }
            return top > 0 ? min(1, value / top) : 1
        }
        // The newest stands at the right edge.
        let perCell = Columns.perCell(canvas.glyphs)
        let lead = rect.width * perCell - heights.count
        let columns = Columns(
            heights: Array(repeating: 0, count: lead) + heights, glyphs: canvas.glyphs, isLine: look == .line)
        drawGaps(shown, lead: lead, on: &canvas, in: rect)
        let theme = canvas.theme
        columns.draw(on: &canvas, in: rect) { row in
            if let role { return theme.style(role) }
            return Style(theme.gradient(gradient, at: (Double(row) + 0.5) / Double(rect.height)))
        }
    }

    /// NaN says as little as nil does.
    private func known(_ value: Double?) -> Double? {
        value.flatMap { $0.isNaN ? nil : $0 }
    }

    /// A dot on the bottom row wherever nothing is known, which zero doesn't have.
    private func drawGaps(
        _ shown: [Double?], lead: Int, on canvas: inout Canvas, in rect: Rect
    ) {
        let perCell = Columns.perCell(canvas.glyphs)
        for x in 0..<rect.width {
            let indices = (x * perCell..<(x + 1) * perCell).map { $0 - lead }
            guard indices.allSatisfy({ $0 < 0 || shown[$0] == nil }) else { continue }
            canvas.put(
                canvas.glyphs == .ascii ? "?" : canvas.glyphs.dot, x: rect.x + x, y: rect.maxY - 1,
                style: canvas.theme.style(.meterBackground))
        }
    }
}
