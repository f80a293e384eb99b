package import Canvas

extension HeatMap {
    package func draw(on canvas: inout Canvas, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let held = rows.map { $0.clamped(to: bounds.indices) }
        guard let shown = held.flatMap({ $0.isEmpty ? nil : $0 }) ?? fittedRows, !shown.isEmpty else {
            canvas.writeCentred(emptyText, in: rect)
            return
        }
        let layout = HeatLayout(self, rows: shown, in: rect)
        guard !layout.plot.isEmpty else { return }
        drawLimits(layout, on: &canvas)
        drawCells(layout, on: &canvas)
        drawPercentiles(layout, on: &canvas)
        drawPoints(layout, on: &canvas)
        drawLabels(layout, on: &canvas)
        drawAxis(layout, on: &canvas)
        drawLegend(layout, on: &canvas)
    }

    /// Brightness by count, by its root: one answer is seen beside a thousand, and a thousand are more than a hundred.
    private func drawCells(_ layout: HeatLayout, on canvas: inout Canvas) {
        let shades = canvas.glyphs.shades
        let counts = layout.columns.map { $0.map { layout.counts($0.counts) } }
        let most = counts.compactMap { $0?.max() }.filter(\.isFinite).max() ?? 0
        for (index, column) in counts.enumerated() {
            let xs = layout.cells(of: index)
            guard let column else {
                for x in xs {
                    canvas.put(
                        canvas.glyphs == .ascii ? "?" : canvas.glyphs.dot, x: x, y: layout.plot.maxY - 1,
                        style: canvas.theme.style(.meterBackground))
                }
                continue
            }
            for (row, count) in column.enumerated() where count > 0 {
                let share = most > 0 ? (min(count, most) / most).squareRoot() : 1
                let step = min(shades.count - 1, max(0, Int((share * Double(shades.count)).rounded(.up)) - 1))
                let style = Style(canvas.theme.gradient(gradient, at: share))
                for y in layout.lines(ofRow: row) {
                    for x in xs { canvas.put(shades[step], x: x, y: y, style: style) }
                }
            }
        }
    }

    /// Over what is blank: data hides the line, and not the line the data.
    private func drawLimits(_ layout: HeatLayout, on canvas: inout Canvas) {
        for limit in limits {
            guard let row = layout.row(of: limit.value) else { continue }
            for x in layout.plot.x..<layout.plot.maxX {
                canvas.put(
                    canvas.glyphs.dashedHorizontal, x: x, y: layout.y(ofRow: row),
                    style: canvas.theme.style(.budget))
            }
        }
    }

    /// Their own signs in the theme's brightest, so that they are told apart without colour, too.
    private func drawPercentiles(_ layout: HeatLayout, on canvas: inout Canvas) {
        for (index, column) in layout.columns.enumerated() {
            for (value, sign) in [(column?.p50, canvas.glyphs.median), (column?.p95, canvas.glyphs.high)] {
                guard let value, let row = layout.row(of: value) else { continue }
                let xs = layout.cells(of: index)
                // As narrow as it may be, or it hides what it runs over.
                let middle =
                    xs.count < 3 ? xs : (xs.lowerBound + xs.count / 2 - 1..<xs.lowerBound + xs.count / 2 + 1)
                for x in middle {
                    canvas.put(sign, x: x, y: layout.y(ofRow: row), style: canvas.theme.style(.live))
                }
            }
        }
    }

    /// Over everything: they are few. What came to nothing stands above.
    private func drawPoints(_ layout: HeatLayout, on canvas: inout Canvas) {
        for point in points where point.back >= 0 {
            let x = layout.plot.maxX - 1 - point.back
            guard x >= layout.plot.x else { continue }
            guard let value = point.value else {
                canvas.put(canvas.glyphs.bad, x: x, y: layout.plot.y, style: canvas.theme.style(.bad))
                continue
            }
            guard let row = layout.row(of: value) else { continue }
            canvas.put(
                canvas.glyphs.canary, x: x, y: layout.y(ofRow: row), style: canvas.theme.style(.highlight))
        }
    }

    /// Upper bounds beside their rows, those of limits first.
    private func drawLabels(_ layout: HeatLayout, on canvas: inout Canvas) {
        guard layout.labelColumns > 0 else { return }
        var taken: Set<Int> = []
        func write(_ text: String, row: Int, style: Style) {
            let text = canvas.glyphs.fit(text)
            guard TextWidth.columns(of: text) < layout.labelColumns,
                ![row - 1, row, row + 1].contains(where: taken.contains)
            else { return }
            taken.insert(row)
            canvas.write(
                rightAligned: text, endX: layout.plot.x - 1, y: layout.y(ofRow: row), style: style)
        }
        for limit in limits {
            guard let row = layout.row(of: limit.value) else { continue }
            write(AxisTicks.latencyLabel(limit.value), row: row, style: canvas.theme.style(.budget))
        }
        for row in stride(from: layout.bands.count - 1, through: 0, by: -1) {
            let bound = bounds[layout.bands[row].upperBound - 1]
            let text = bound.isFinite ? AxisTicks.latencyLabel(bound) : canvas.glyphs == .ascii ? ">" : "∞"
            write(text, row: row, style: canvas.theme.style(.inactive))
        }
    }

    private func drawAxis(_ layout: HeatLayout, on canvas: inout Canvas) {
        guard let y = layout.axisY else { return }
        let style = canvas.theme.style(.inactive)
        switch axis {
        case .time(let from, let to):
            let (from, to) = (canvas.glyphs.fit(from), canvas.glyphs.fit(to))
            canvas.write(
                rightAligned: to, endX: layout.plot.maxX, y: y, style: style, maxWidth: layout.plot.width,
                ellipsis: canvas.glyphs.ellipsis)
            let room = layout.plot.width - TextWidth.columns(of: to) - 2
            guard TextWidth.columns(of: from) <= room else { return }
            canvas.write(from, x: layout.plot.x, y: y, style: style)
        case .names(let names):
            var free = layout.plot.x
            for (index, name) in names.prefix(layout.columns.count).enumerated() {
                let name = canvas.glyphs.fit(Harmless.text(name, limit: 16))
                let width = TextWidth.columns(of: name)
                let xs = layout.cells(of: index)
                let start = max(layout.plot.x, xs.lowerBound + (xs.count - width) / 2)
                guard start >= free, start + width <= layout.plot.maxX else { continue }
                canvas.write(name, x: start, y: y, style: style)
                free = start + width + 1
            }
        }
    }

    /// What the signs mean, above the data at the right, where that's blank.
    private func drawLegend(_ layout: HeatLayout, on canvas: inout Canvas) {
        let name = limits.map(\.name).first { !$0.isEmpty }
        typealias Sign = (Unicode.Scalar, String, ThemeRole)
        let counted: [Sign] =
            columns.isEmpty
            ? [] : [(canvas.glyphs.median, "p50", .live), (canvas.glyphs.high, "p95", .live)]
        let signs = counted + (points.isEmpty ? [] : [(canvas.glyphs.canary, pointsName, .highlight)])
        let limit =
            name.map { [(canvas.glyphs.dashedHorizontal, canvas.glyphs.fit($0), ThemeRole.budget)] } ?? []
        for parts in [signs + limit, signs] {
            let width = parts.reduce(-2) { $0 + 4 + TextWidth.columns(of: $1.1) }
            let start = layout.plot.maxX - width
            guard start > layout.plot.x, canvas.isBlank(x: start - 1, y: layout.plot.y, width: width + 1)
            else {
                continue
            }
            var x = start
            for (sign, name, role) in parts {
                canvas.put(sign, x: x, y: layout.plot.y, style: canvas.theme.style(role))
                x +=
                    2 + canvas.write(name, x: x + 2, y: layout.plot.y, style: canvas.theme.style(.graphText))
                    + 2
            }
            return
        }
    }
}
