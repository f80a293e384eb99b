package import Canvas

extension CurveChart {
    package func draw(on canvas: inout Canvas, in rect: Rect) {
        guard !rect.isEmpty else { return }
        guard let fitted = fittedRanges() else {
            canvas.writeCentred(emptyText, in: rect)
            return
        }
        let x = xRange.flatMap { $0.isUsable ? $0 : nil } ?? fitted.x
        let y = yRange.flatMap { $0.isUsable ? $0 : nil } ?? fitted.y
        let layout = CurveLayout(
            rect, x: x, y: y, xName: xName, quantity: quantity, glyphs: canvas.glyphs)
        drawAxes(layout, on: &canvas)
        guard !layout.plot.isEmpty else { return }
        // Those behind first, the selected one last.
        let front = selected ?? series.first?.index
        let ordered = series.filter { $0.index != front } + series.filter { $0.index == front }
        var painter = CurvePainter(plot: layout.plot, x: x, y: y, glyphs: canvas.glyphs)
        for one in ordered { painter.reserve(one) }
        for one in ordered {
            painter.drawCeiling(one, isAlone: series.count == 1, on: &canvas)
        }
        if let budget { painter.drawBudget(budget, on: &canvas) }
        for one in ordered { painter.drawLine(one, on: &canvas) }
        for one in ordered { painter.drawIntervals(one, on: &canvas) }
        for one in ordered { painter.drawPoints(one, on: &canvas) }
        for one in ordered { painter.drawLive(one, on: &canvas) }
        for one in ordered.reversed() { painter.drawLoadLine(one, on: &canvas) }
        if let budget { painter.nameBudget(budget, on: &canvas) }
        for one in ordered.reversed() { painter.nameCeiling(one, isAlone: series.count == 1, on: &canvas) }
        painter.nameAxis(yName, on: &canvas)
        if series.count > 1 { painter.drawLegend(series, on: &canvas) }
        for one in ordered.reversed() { painter.labelPoints(one, on: &canvas) }
    }

    private func drawAxes(_ layout: CurveLayout, on canvas: inout Canvas) {
        let plot = layout.plot
        let line = canvas.theme.style(.divider)
        let text = canvas.theme.style(.inactive)
        if let x = layout.axisX {
            for y in plot.y..<plot.maxY { canvas.put(canvas.glyphs.box.vertical, x: x, y: y, style: line) }
            for label in layout.yLabels {
                canvas.put(canvas.glyphs.box.tickLeft, x: x, y: label.y, style: line)
                canvas.write(rightAligned: label.text, endX: x, y: label.y, style: text)
            }
        }
        if let y = layout.axisY {
            for x in plot.x..<plot.maxX { canvas.put(canvas.glyphs.box.horizontal, x: x, y: y, style: line) }
            for label in layout.xLabels {
                canvas.put(canvas.glyphs.box.tickDown, x: plot.x + label.tick, y: y, style: line)
            }
            if let x = layout.axisX { canvas.put(canvas.glyphs.box.origin, x: x, y: y, style: line) }
        }
        guard let y = layout.labelY else { return }
        for label in layout.xLabels {
            canvas.write(label.text, x: plot.x + label.start, y: y, style: text)
        }
        if let name = layout.xName { canvas.write(rightAligned: name, endX: plot.maxX, y: y, style: text) }
    }
}
