import Canvas

extension HistogramChart {
    /// A caret on the axis and, for a single series, a dashed line with its name above the bars.
    func drawMarkers(
        of one: HistogramSeries, _ range: AxisRange, _ layout: HistogramLayout, on canvas: inout Canvas
    ) {
        let plot = layout.plot
        let isAlone = series.count == 1
        let style =
            one.isPast
            ? canvas.theme.style(.inactive)
            : isAlone ? canvas.theme.style(.highlight) : canvas.theme.style(.series(one.index))
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
            for (x, _) in placed { canvas.put(canvas.glyphs.caret, x: x, y: y, style: style) }
        }
        guard isAlone else { return }
        for (x, _) in placed { drawLine(x, plot, on: &canvas, style: style, glyphs: canvas.glyphs) }
        // The higher a percentile, the more its name matters.
        for (x, name) in placed.reversed() where canvas[x, plot.y].scalar == canvas.glyphs.dashedVertical {
            writeName(canvas.glyphs.fit(name), beside: x, plot, style, on: &canvas)
        }
    }

    /// Across the plot where nothing is drawn.
    func drawLimits(_ range: AxisRange, _ layout: HistogramLayout, on canvas: inout Canvas) {
        let plot = layout.plot
        let style = canvas.theme.style(.budget)
        for limit in limits {
            guard let cell = range.cell(limit.value, of: plot.width) else { continue }
            let x = plot.x + cell
            for y in plot.y..<plot.maxY where canvas.isBlank(x: x, y: y, width: 1) {
                canvas.put(canvas.glyphs.dashedVertical, x: x, y: y, style: style)
            }
            if let y = layout.axisY { canvas.put(canvas.glyphs.caret, x: x, y: y, style: style) }
        }
    }

    /// Beside their lines; those that lie beyond the axis at the edge they are beyond. They cover nothing.
    func nameLimits(_ range: AxisRange, _ layout: HistogramLayout, on canvas: inout Canvas) {
        let plot = layout.plot
        let style = canvas.theme.style(.budget)
        for limit in limits {
            let name = canvas.glyphs.fit(limit.name)
            if let cell = range.cell(limit.value, of: plot.width) {
                writeName(name, beside: plot.x + cell, plot, style, on: &canvas)
                continue
            }
            guard let position = range.position(limit.value) else { continue }
            let isBelow = position < 0
            let text =
                isBelow
                ? "\(Character(canvas.glyphs.left)) \(name)" : "\(name) \(Character(canvas.glyphs.right))"
            let width = TextWidth.columns(of: text)
            guard width < plot.width else { continue }
            // As near to that edge as it's free.
            let inwards = (0...plot.width - width).map { isBelow ? plot.x + $0 : plot.maxX - width - $0 }
            let places = inwards.lazy.flatMap { x in (plot.y..<plot.maxY).map { (x: x, y: $0) } }
            let free = places.first { [canvas] place in
                let start = max(plot.x, place.x - 1)
                return canvas.isBlank(
                    x: start, y: place.y, width: min(plot.maxX, place.x + width + 1) - start)
            }
            guard let free else { continue }
            canvas.write(text, x: free.x, y: free.y, style: style)
        }
    }

    /// From the top down to the bar, over what is blank.
    private func drawLine(_ x: Int, _ plot: Rect, on canvas: inout Canvas, style: Style, glyphs: GlyphSet) {
        for y in plot.y..<plot.maxY {
            guard canvas.isBlank(x: x, y: y, width: 1) else { return }
            canvas.put(canvas.glyphs.dashedVertical, x: x, y: y, style: style)
        }
    }

    /// At the line's right or left, as high as there is room.
    private func writeName(
        _ name: String, beside x: Int, _ plot: Rect, _ style: Style, on canvas: inout Canvas
    ) {
        let width = TextWidth.columns(of: name)
        for y in plot.y..<min(plot.y + 4, plot.maxY) where canvas[x, y].scalar == canvas.glyphs.dashedVertical
        {
            for start in [x + 1, x - width] where start >= plot.x && start + width <= plot.maxX {
                // Names of two lines must not run into each other.
                let isApart = [start - 1, start + width].allSatisfy { !canvas.isText(x: $0, y: y) }
                guard isApart, canvas.isBlank(x: start, y: y, width: width) else { continue }
                canvas.write(name, x: start, y: y, style: style)
                return
            }
        }
    }
}
