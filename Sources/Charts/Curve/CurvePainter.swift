import Canvas

/// Draws a curve's parts into its plot, and knows which cells are data that nothing may cover.
struct CurvePainter {
    let plot: Rect
    let x: AxisRange
    let y: AxisRange
    let glyphs: GlyphSet
    /// Cells that hold points, row by row over the plot.
    private var taken: [Bool]

    init(plot: Rect, x: AxisRange, y: AxisRange, glyphs: GlyphSet) {
        self.plot = plot
        self.x = x
        self.y = y
        self.glyphs = glyphs
        taken = Array(repeating: false, count: plot.width * plot.height)
    }

    struct Place: Hashable {
        var x: Int
        var y: Int
    }

    /// A point's cell, on the canvas; one that lies outside is moved to the edge, and `arrow` says where it
    /// really is.
    func place(_ point: CurvePoint) -> (place: Place, arrow: Unicode.Scalar?)? {
        guard point.isDrawable, let px = x.position(point.x), let py = y.position(point.y) else { return nil }
        let arrow: Unicode.Scalar? =
            py > 1 ? glyphs.up : py < 0 ? glyphs.down : px > 1 ? glyphs.right : px < 0 ? glyphs.left : nil
        let column = min(plot.width - 1, Int(min(1, max(0, px)) * Double(plot.width)))
        let row = min(plot.height - 1, Int(min(1, max(0, py)) * Double(plot.height)))
        return (Place(x: plot.x + column, y: plot.maxY - 1 - row), arrow)
    }

    func isTaken(_ place: Place) -> Bool {
        guard contains(place) else { return true }
        return taken[(place.y - plot.y) * plot.width + place.x - plot.x]
    }

    private mutating func take(_ place: Place) {
        guard contains(place) else { return }
        taken[(place.y - plot.y) * plot.width + place.x - plot.x] = true
    }

    func contains(_ place: Place) -> Bool {
        place.x >= plot.x && place.x < plot.maxX && place.y >= plot.y && place.y < plot.maxY
    }

    /// Keeps the cells of a series' points free.
    mutating func reserve(_ series: CurveSeries) {
        let points = series.isCourse ? [] : series.points
        for point in points + [series.live].compactMap(\.self) {
            if let (place, _) = place(point) { take(place) }
        }
    }

    func drawPoints(_ series: CurveSeries, on canvas: inout Canvas) {
        var style = canvas.theme.style(.series(series.index))
        style.attributes.insert(.bold)
        // One point makes no line.
        for point in series.points where !series.isCourse || series.points.count == 1 {
            guard let (place, arrow) = place(point) else { continue }
            canvas.put(arrow ?? glyphs.sign(series.index), x: place.x, y: place.y, style: style)
        }
    }

    func drawLive(_ series: CurveSeries, on canvas: inout Canvas) {
        guard let live = series.live, let (place, arrow) = place(live) else { return }
        canvas.put(arrow ?? glyphs.live, x: place.x, y: place.y, style: canvas.theme.style(.live))
    }

    /// `├──●──┤`, where an interval is wider than the point's own cell.
    func drawIntervals(_ series: CurveSeries, on canvas: inout Canvas) {
        let style = canvas.theme.style(.series(series.index))
        for point in series.points {
            guard let half = point.xHalfWidth, half > 0, half.isFinite, let (centre, arrow) = place(point),
                arrow == nil, let from = x.position(point.x), let to = x.position(point.x + half)
            else { continue }
            let cells = Int(min(1, to - from) * Double(plot.width) + 0.5)
            guard cells >= 1 else { continue }
            let ends = centre.x - cells...centre.x + cells
            for x in ends where !isTaken(Place(x: x, y: centre.y)) {
                let glyph: Unicode.Scalar = x == ends.lowerBound ? "├" : x == ends.upperBound ? "┤" : "─"
                canvas.put(glyphs.fold(glyph), x: x, y: centre.y, style: style)
            }
        }
    }

    func drawCeiling(_ series: CurveSeries, isAlone: Bool, on canvas: inout Canvas) {
        guard let ceiling = series.ceiling, let cell = x.cell(ceiling.value, of: plot.width) else { return }
        let style = canvas.theme.style(isAlone ? .ceiling : .series(series.index))
        for y in plot.y..<plot.maxY {
            canvas.put(glyphs.dashedVertical, x: plot.x + cell, y: y, style: style)
        }
    }

    func drawBudget(_ budget: CurveLimit, on canvas: inout Canvas) {
        guard let row = y.cell(budget.value, of: plot.height) else { return }
        for x in plot.x..<plot.maxX {
            canvas.put(
                glyphs.dashedHorizontal, x: x, y: plot.maxY - 1 - row, style: canvas.theme.style(.budget))
        }
    }
}
