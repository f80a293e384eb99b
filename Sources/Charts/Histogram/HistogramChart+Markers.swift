extension HistogramChart {
    /// A caret on the axis and, for a single series, a dashed line with its name above the bars.
    func drawMarkers(
        of one: HistogramSeries, _ range: AxisRange, _ layout: HistogramLayout, on canvas: inout Canvas,
        theme: Theme, glyphs: GlyphSet
    ) {
        let plot = layout.plot
        let isAlone = series.count == 1
        let style = isAlone ? theme.style(.highlight) : theme.style(.series(one.index))
        var placed: [(x: Int, name: String)] = []
        for marker in one.markers {
            guard let position = range.position(marker.value) else { continue }
            if let cell = range.cell(marker.value, of: plot.width) {
                placed.append((plot.x + cell, marker.name))
            } else if position > 1, let x = layout.aboveX {
                placed.append((x, marker.name))
            }
        }
        if let y = layout.axisY {
            for (x, _) in placed { canvas.put(glyphs.caret, x: x, y: y, style: style) }
        }
        guard isAlone else { return }
        for (x, _) in placed { drawLine(x, plot, on: &canvas, style: style, glyphs: glyphs) }
        for (x, name) in placed where canvas[x, plot.y].scalar == glyphs.dashedVertical {
            writeName(glyphs.fit(name), beside: x, plot, on: &canvas, theme: theme, glyphs: glyphs)
        }
    }

    /// From the top down to the bar, over what is blank.
    private func drawLine(_ x: Int, _ plot: Rect, on canvas: inout Canvas, style: Style, glyphs: GlyphSet) {
        for y in plot.y..<plot.maxY {
            guard canvas.isBlank(x: x, y: y, width: 1) else { return }
            canvas.put(glyphs.dashedVertical, x: x, y: y, style: style)
        }
    }

    /// At the line's right or left, as high as there is room.
    private func writeName(
        _ name: String, beside x: Int, _ plot: Rect, on canvas: inout Canvas, theme: Theme, glyphs: GlyphSet
    ) {
        let width = TextWidth.columns(of: name)
        for y in plot.y..<min(plot.y + 4, plot.maxY) where canvas[x, y].scalar == glyphs.dashedVertical {
            // One more blank, so that names of two lines don't run into each other.
            if x + 1 + width <= plot.maxX,
                canvas.isBlank(x: x + 1, y: y, width: min(width + 1, plot.maxX - x - 1))
            {
                canvas.write(name, x: x + 1, y: y, style: theme.style(.highlight))
                return
            }
            if x - width >= plot.x,
                canvas.isBlank(x: max(plot.x, x - width - 1), y: y, width: x - max(plot.x, x - width - 1))
            {
                canvas.write(name, x: x - width, y: y, style: theme.style(.highlight))
                return
            }
        }
    }
}
