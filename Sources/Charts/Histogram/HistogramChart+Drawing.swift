package import Canvas
import Measure

extension HistogramChart {
    package func draw(on canvas: inout Canvas, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let fitted = range.flatMap { $0.isUsable ? $0 : nil } ?? Self.range(of: series)
        guard let fitted, series.contains(where: { $0.bins.total > 0 }) else {
            canvas.writeCentred(emptyText, in: rect)
            return
        }
        let range = AxisRange(lower: fitted.lower, upper: fitted.upper, scale: .logarithmic)
        guard range.isUsable else { return }
        let shown = series.filter { $0.bins.total > 0 }
        let layout = HistogramLayout(
            rect, hasNames: series.count == 1 && !(series[0].markers.isEmpty && limits.isEmpty),
            hasCounts: showsCounts && shown.count == 1)
        drawAxis(range, layout, on: &canvas, in: rect)
        if arrangement == .strips, shown.count > 1, layout.plot.height >= 2 * shown.count {
            drawStrips(shown, range, layout, on: &canvas)
        } else {
            let bars = HistogramOverlay(shown, range: range, layout: layout, glyphs: canvas.glyphs)
            bars.draw(on: &canvas, gradient: series.count == 1 ? gradient : nil)
            if layout.countColumns > 0 { drawCounts(bars.top, layout, on: &canvas) }
            if series.count > 1 { drawLegend(shown, layout, on: &canvas) }
        }
        drawLimits(range, layout, on: &canvas)
        for one in shown {
            drawMarkers(of: one, range, layout, on: &canvas)
        }
        drawNotes(layout.plot, on: &canvas)
        nameLimits(range, layout, on: &canvas)
    }

    /// At the left, each as long as it covers nothing.
    private func drawNotes(_ plot: Rect, on canvas: inout Canvas) {
        for (row, note) in notes.prefix(max(0, plot.height - 1)).enumerated() {
            let text = canvas.glyphs.fit(note)
            let width = TextWidth.columns(of: text)
            guard width > 0, width < plot.width,
                canvas.isBlank(x: plot.x, y: plot.y + row, width: width + 1)
            else { return }
            canvas.write(text, x: plot.x, y: plot.y + row, style: canvas.theme.style(.inactive))
        }
    }

    /// How many answers the full height stands for, and parts of it that are round.
    private func drawCounts(_ top: Double, _ layout: HistogramLayout, on canvas: inout Canvas) {
        let bars = layout.bars
        let range = AxisRange(lower: 0, upper: top, scale: .linear)
        let x = bars.x - 1 - (layout.belowX == nil ? 0 : 2)
        var free = bars.maxY
        for value in AxisTicks.linear(range, atMost: max(2, bars.height / 2)) where value == value.rounded() {
            guard let cell = range.cell(value, of: bars.height) else { continue }
            let text = canvas.glyphs.fit(AxisTicks.countLabel(value))
            let y = bars.maxY - 1 - cell
            guard y < free, TextWidth.columns(of: text) < layout.countColumns else { continue }
            canvas.write(rightAligned: text, endX: x, y: y, style: canvas.theme.style(.inactive))
            canvas.put(canvas.glyphs.box.tickLeft, x: x, y: y, style: canvas.theme.style(.divider))
            free = y - 1
        }
    }

    /// One below the other, each with its name at its left; the lowest strip takes what division leaves.
    private func drawStrips(
        _ shown: [HistogramSeries], _ range: AxisRange, _ layout: HistogramLayout,
        on canvas: inout Canvas
    ) {
        let height = layout.plot.height / shown.count
        for (index, one) in shown.enumerated() {
            let y = layout.plot.y + index * height + layout.plot.height % shown.count
            let strip = Rect(x: layout.plot.x, y: y, width: layout.plot.width, height: height)
            let bars = HistogramOverlay(
                [one], range: range, layout: layout, glyphs: canvas.glyphs, plot: strip)
            bars.draw(on: &canvas, gradient: nil)
            writeName(one, y: y, layout.plot, on: &canvas)
        }
    }

    private func drawLegend(
        _ shown: [HistogramSeries], _ layout: HistogramLayout, on canvas: inout Canvas
    ) {
        for (row, one) in shown.enumerated() where row < layout.plot.height {
            writeName(one, y: layout.plot.y + row, layout.plot, on: &canvas)
        }
    }

    /// Sign and name at the right or left end of a row, where that covers no bar.
    private func writeName(
        _ one: HistogramSeries, y: Int, _ plot: Rect, on canvas: inout Canvas
    ) {
        let text = "\(canvas.glyphs.sign(one.index)) \(canvas.glyphs.fit(Harmless.text(one.name, limit: 24)))"
        let width = TextWidth.columns(of: text)
        for x in [plot.maxX - width, plot.x]
        where x >= plot.x && canvas.isBlank(x: x - 1, y: y, width: width + 1) {
            canvas.write(text, x: x, y: y, style: canvas.theme.style(.series(one.index)))
            return
        }
    }

    private func drawAxis(
        _ range: AxisRange, _ layout: HistogramLayout, on canvas: inout Canvas, in rect: Rect
    ) {
        let plot = layout.plot
        let labels = AxisLabel.place(
            sets: AxisTicks.logarithmic(range), range: range, cells: plot.width,
            outer: (rect.x - plot.x)...max(rect.x - plot.x, rect.maxX - plot.x - 1),
            text: { canvas.glyphs.fit(AxisTicks.latencyLabel($0)) })
        if let y = layout.axisY {
            for x in 0..<plot.width {
                canvas.put(
                    canvas.glyphs.box.horizontal, x: plot.x + x, y: y, style: canvas.theme.style(.divider))
            }
            for band in bands { drawBand(band, range, plot, y: y, on: &canvas) }
            for label in labels {
                canvas.put(
                    canvas.glyphs.box.tickDown, x: plot.x + label.tick, y: y,
                    style: canvas.theme.style(.divider))
            }
        }
        guard let y = layout.labelY else { return }
        for label in labels {
            canvas.write(label.text, x: plot.x + label.start, y: y, style: canvas.theme.style(.inactive))
        }
    }
}

extension HistogramChart {
    /// The part of the axis that a band covers; nothing where it's off the axis.
    private func drawBand(
        _ band: GaugeBand, _ range: AxisRange, _ plot: Rect, y: Int, on canvas: inout Canvas
    ) {
        guard band.lower < range.upper, band.upper > range.lower, band.upper > band.lower,
            let first = range.cell(max(range.lower, band.lower), of: plot.width),
            let last = range.cell(min(range.upper, band.upper), of: plot.width), first <= last
        else { return }
        for x in first...last {
            canvas.put(
                canvas.glyphs.heavyHorizontal, x: plot.x + x, y: y, style: canvas.theme.style(.graphText))
        }
    }
}

extension Canvas {
    /// Whether nothing is drawn there and all of it is on the canvas (one cell to the left may be off it).
    func isBlank(x: Int, y: Int, width: Int) -> Bool {
        guard y >= 0, y < height, x >= -1, x + width <= self.width else { return false }
        return (x..<x + width).allSatisfy { self[$0, y].scalar == " " && !self[$0, y].isContinuation }
    }

    /// Whether a letter or a digit stands there.
    func isText(x: Int, y: Int) -> Bool {
        let properties = self[x, y].scalar.properties
        return properties.isAlphabetic || properties.numericType != nil
    }

    /// What a chart says in place of its data.
    mutating func writeCentred(_ text: String, in rect: Rect) {
        let text = glyphs.fit(text)
        let columns = min(rect.width, TextWidth.columns(of: text))
        write(
            text, x: rect.x + (rect.width - columns) / 2, y: rect.y + (rect.height - 1) / 2,
            style: theme.style(.inactive), maxWidth: columns, ellipsis: glyphs.ellipsis)
    }
}
