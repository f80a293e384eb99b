import Canvas

/// Where the parts of the curve lie: the plot, and the axes as far as there is room for them.
struct CurveLayout {
    let plot: Rect
    /// The column of the vertical axis, the row of the horizontal one and that of its labels.
    let axisX: Int?
    let axisY: Int?
    let labelY: Int?
    /// The vertical axis's values with their rows, and the horizontal one's with their cells.
    let yLabels: [(text: String, y: Int)]
    let xLabels: [AxisLabel]
    let xName: String?

    init(
        _ rect: Rect, x xRange: AxisRange, y yRange: AxisRange, xName name: String,
        quantity: CurveChart.Quantity = .latency, glyphs: GlyphSet
    ) {
        let hasLabels = rect.height >= 5
        let hasLine = rect.height >= 6
        let height = rect.height - (hasLabels ? 1 : 0) - (hasLine ? 1 : 0)
        var rows = rect.width >= 20 ? Self.rows(yRange, height: height, quantity, glyphs) : []
        let labelColumns = rows.map { TextWidth.columns(of: $0.text) }.max() ?? 0
        if labelColumns > rect.width / 3 { rows = [] }
        let left = rows.isEmpty ? 0 : labelColumns + 1
        plot = Rect(x: rect.x + left, y: rect.y, width: rect.width - left, height: height)
        axisX = rows.isEmpty ? nil : rect.x + labelColumns
        axisY = hasLine ? rect.y + height : nil
        labelY = hasLabels ? rect.maxY - 1 : nil
        yLabels = rows.map { ($0.text, rect.y + $0.row) }

        let name = glyphs.fit(name)
        let nameColumns = TextWidth.columns(of: name)
        let keepsName = plot.width >= nameColumns + 24
        xName = keepsName ? name : nil
        let first = rect.x - plot.x
        let last = plot.width - 1 - (keepsName ? nameColumns + 2 : 0)
        let sets =
            xRange.scale == .linear
            ? [3, 5, 7, 9, 13, 17].map { AxisTicks.linear(xRange, atMost: $0) }.filter { $0.count > 1 }
            : AxisTicks.logarithmic(xRange)
        xLabels = AxisLabel.place(
            sets: sets, range: xRange, cells: plot.width, outer: first...max(first, last),
            text: AxisTicks.countLabel)
    }

    /// The densest round values that leave a free row between two labels.
    private static func rows(
        _ range: AxisRange, height: Int, _ quantity: CurveChart.Quantity, _ glyphs: GlyphSet
    ) -> [(text: String, row: Int)] {
        let sets =
            range.scale == .linear
            ? [2, 3, 4, 6, 8, 11, 15].map { AxisTicks.linear(range, atMost: $0) }
            : AxisTicks.logarithmic(range)
        let text = quantity == .latency ? AxisTicks.latencyLabel : AxisTicks.countLabel
        var best: [(text: String, row: Int)] = []
        for set in sets {
            let rows = set.compactMap { value -> (text: String, row: Int)? in
                let inside = min(range.upper, max(range.lower, value))
                guard let cell = range.cell(inside, of: height) else { return nil }
                return (glyphs.fit(text(value)), height - 1 - cell)
            }
            let gap = best.count < 2 ? 1 : 2
            if zip(rows, rows.dropFirst()).allSatisfy({ $0.row - $1.row >= gap }) { best = rows }
        }
        return best
    }
}
