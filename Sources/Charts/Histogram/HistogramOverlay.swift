import Canvas

/// The bars of one or several distributions over each other. Each is scaled by its own number of samples,
/// so that shapes can be compared; the lowest bar stands in front.
struct HistogramOverlay {
    private let series: [HistogramSeries]
    private let layout: HistogramLayout
    private let plot: Rect
    private let glyphs: GlyphSet
    /// For each series the columns' levels, in steps of the glyph set.
    private let levels: [[Int]]
    private let below: [Int]
    private let above: [Int]
    /// The answers that the full height of a single series stands for.
    let top: Double

    init(
        _ series: [HistogramSeries], range: AxisRange, layout: HistogramLayout, glyphs: GlyphSet,
        plot: Rect? = nil
    ) {
        let plot = plot ?? layout.bars
        self.series = series
        self.layout = layout
        self.plot = plot
        self.glyphs = glyphs
        let perCell = Columns.perCell(glyphs)
        let bars = series.map { HistogramBars($0.bins, range: range, columns: plot.width * perCell) }
        let shares = bars.map { bar in bar.columns.map { $0 / max(1, bar.total) } }
        let top = shares.flatMap(\.self).max() ?? 0
        self.top = top * (bars.first?.total ?? 0)
        func level(_ share: Double) -> Int {
            Columns.level(top > 0 ? share / top : share, rows: plot.height, glyphs: glyphs)
        }
        levels = shares.map { $0.map(level) }
        // An overflow bin has no width to compare with: half of a cell's worth of columns.
        below = bars.map { level($0.below / max(1, $0.total) / Double(perCell)) }
        above = bars.map { level($0.above / max(1, $0.total) / Double(perCell)) }
    }

    /// - Parameter gradient: colours the rows; nil: each series has its own colour.
    func draw(on canvas: inout Canvas, gradient: ThemeGradient?) {
        guard !plot.isEmpty else { return }
        let theme = canvas.theme
        func style(_ index: Int, _ row: Int) -> Style {
            if series[index].isPast { return Style(theme.color(.meterBackground), on: .terminal, .dim) }
            guard let gradient else { return theme.style(.series(series[index].index)) }
            return Style(theme.gradient(gradient, at: (Double(row) + 0.5) / Double(plot.height)))
        }
        let perCell = Columns.perCell(glyphs)
        for x in 0..<plot.width {
            let cell = levels.map { Array($0[x * perCell..<(x + 1) * perCell]) }
            drawColumn(cell, x: plot.x + x, on: &canvas, style: style)
        }
        for (x, bin) in [(layout.belowX, below), (layout.aboveX, above)] {
            guard let x, bin.contains(where: { $0 > 0 }) else { continue }
            drawColumn(bin.map { Array(repeating: $0, count: perCell) }, x: x, on: &canvas) { _, _ in
                theme.style(.warn)
            }
            guard let y = layout.axisY else { continue }
            canvas.put(x == layout.belowX ? "<" : ">", x: x, y: y, style: theme.style(.warn))
        }
        if gradient == nil, series.count > 1 { drawSigns(on: &canvas) }
    }

    /// One cell's width of bars; `cell` holds each series' levels there.
    private func drawColumn(
        _ cell: [[Int]], x: Int, on canvas: inout Canvas, style: (Int, Int) -> Style
    ) {
        let steps = Columns.steps(glyphs)
        let heights = cell.map { $0.max() ?? 0 }
        guard let first = cell.first, heights.contains(where: { $0 > 0 }) else { return }
        for row in 0..<plot.height {
            let reaching = heights.indices.filter { heights[$0] > row * steps }
                .sorted { heights[$0] < heights[$1] }
            guard let front = reaching.first else { return }
            var look = style(front, row)
            var shown = first.indices.map { column in cell.map { $0[column] }.max() ?? 0 }
            if glyphs == .block, let behind = reaching.dropFirst().first, heights[front] < (row + 1) * steps {
                // The bar behind shows through above the front one's top, where there are colours for that.
                let color = style(behind, row).foreground
                if color != .terminal, look.foreground != .terminal {
                    look.background = color
                    shown = cell[front]
                }
            }
            guard let scalar = Columns.scalar(shown, row: row, glyphs: glyphs) else { continue }
            canvas.put(scalar, x: x, y: plot.maxY - 1 - row, style: look)
        }
    }

    /// Each series' sign above its highest bar, for those who can't tell the colours apart.
    private func drawSigns(on canvas: inout Canvas) {
        for (index, columns) in levels.enumerated() {
            guard let top = columns.max(), top > 0, let peak = columns.firstIndex(of: top) else { continue }
            let x = plot.x + peak / Columns.perCell(glyphs)
            let rows = (top + Columns.steps(glyphs) - 1) / Columns.steps(glyphs)
            let y = max(plot.y, plot.maxY - 1 - rows)
            canvas.put(
                glyphs.sign(series[index].index), x: x, y: y,
                style: canvas.theme.style(.series(series[index].index))
            )
        }
    }
}
