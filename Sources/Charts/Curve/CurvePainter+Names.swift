import Canvas

extension CurvePainter {
    /// A sign next to the point that holds the budget, and its name where there is room.
    func drawLoadLine(_ series: CurveSeries, on canvas: inout Canvas) {
        guard let point = series.loadLine, let (place, arrow) = place(point), arrow == nil else { return }
        let style = canvas.theme.style(.loadLine)
        let spots = [
            (Place(x: place.x, y: place.y - 1), glyphs.loadLine),
            (Place(x: place.x, y: place.y + 1), glyphs.caret),
        ]
        guard let (spot, sign) = spots.first(where: { !isTaken($0.0) }) else { return }
        canvas.put(sign, x: spot.x, y: spot.y, style: style)
        let users = glyphs.fit(Harmless.text(point.label, limit: 16))
        let name = users.isEmpty ? "load line" : "load line \(users)"
        label(name, at: spot, style: style, on: &canvas)
    }

    /// The load beside each point. **Where they crowd each other**, these keep theirs, first to last: the live point, the
    /// selected one, the one on the load line, the largest load, the smallest, then the larger before the smaller. A
    /// label that finds no blank place is written over the curve's line, never over a point or another label.
    func labelPoints(_ series: CurveSeries, on canvas: inout Canvas) {
        if let live = series.live, let (place, _) = place(live) {
            label(
                glyphs.fit(live.label), at: place, style: canvas.theme.style(.live), coversLine: true,
                on: &canvas)
        }
        let ends = [series.points.indices.last, series.points.indices.first].compactMap(\.self)
        let chosen = series.points.indices.filter {
            let point = series.points[$0]
            return point.isSelected || point.x == series.loadLine?.x && point.y == series.loadLine?.y
        }.sorted { series.points[$0].isSelected && !series.points[$1].isSelected }
        var labelled: Set<Int> = []
        for index in chosen + ends + series.points.indices.reversed() where labelled.insert(index).inserted {
            let point = series.points[index]
            guard let (place, _) = place(point) else { continue }
            label(
                glyphs.fit(point.label), at: place, style: canvas.theme.style(.foreground), coversLine: true,
                on: &canvas)
        }
    }

    /// Beside a cell, wherever nothing is drawn; nowhere when there's no such place.
    private func label(
        _ text: String, at place: Place, style: Style, coversLine: Bool = false, on canvas: inout Canvas
    ) {
        let text = Harmless.text(text, limit: 24)
        let width = TextWidth.columns(of: text)
        guard width > 0 else { return }
        let spots = [
            Place(x: place.x - width / 2, y: place.y - 1), Place(x: place.x - width, y: place.y - 1),
            Place(x: place.x + 1, y: place.y - 1), Place(x: place.x + 2, y: place.y),
            Place(x: place.x - width - 1, y: place.y), Place(x: place.x + 1, y: place.y + 1),
            Place(x: place.x - width / 2, y: place.y + 1), Place(x: place.x - width, y: place.y + 1),
        ]
        for isOver in coversLine ? [false, true] : [false] {
            for spot in spots where isFree(spot, width: width, coversLine: isOver, on: canvas) {
                canvas.write(text, x: spot.x, y: spot.y, style: style)
                return
            }
        }
    }

    /// Blank, inside the plot, and not grown together with the text beside it.
    private func isFree(_ spot: Place, width: Int, coversLine: Bool = false, on canvas: Canvas) -> Bool {
        guard contains(spot), spot.x + width <= plot.maxX else { return false }
        let isEmpty =
            coversLine
            ? (spot.x..<spot.x + width).allSatisfy { isLine($0, spot.y, on: canvas) }
            : canvas.isBlank(x: spot.x, y: spot.y, width: width)
        return isEmpty && !isText(spot.x - 1, spot.y, on: canvas)
            && !isText(spot.x + width, spot.y, on: canvas)
    }

    /// Blank, or a piece of the curve's line.
    private func isLine(_ x: Int, _ y: Int, on canvas: Canvas) -> Bool {
        guard !isTaken(Place(x: x, y: y)) else { return false }
        if canvas.isBlank(x: x, y: y, width: 1) { return true }
        let value = canvas[x, y].scalar.value
        return (0x2800...0x28FF).contains(value) || (0x2580...0x259F).contains(value)
    }

    private func isText(_ x: Int, _ y: Int, on canvas: Canvas) -> Bool {
        guard contains(Place(x: x, y: y)), !isTaken(Place(x: x, y: y)) else { return false }
        return canvas.isText(x: x, y: y)
    }

    /// On the budget's own line, where that covers no data; at the upper edge when the line is beyond it.
    func nameBudget(_ budget: CurveLimit, on canvas: inout Canvas) {
        guard !budget.name.isEmpty, budget.value.isFinite, budget.value > 0 else { return }
        let style = canvas.theme.style(.budget)
        let name = glyphs.fit(Harmless.text(budget.name, limit: 40))
        guard let row = y.cell(budget.value, of: plot.height) else {
            guard let position = y.position(budget.value), position > 1 else { return }
            let text = "\(glyphs.up) \(name)"
            let width = TextWidth.columns(of: text)
            var spot = Place(x: plot.maxX - width - 1, y: plot.y)
            while spot.x > plot.x, !isFree(spot, width: width, on: canvas) { spot.x -= 1 }
            guard isFree(spot, width: width, on: canvas) else { return }
            canvas.write(text, x: spot.x, y: spot.y, style: style)
            return
        }
        let lineY = plot.maxY - 1 - row
        let text = " \(name) "
        let width = TextWidth.columns(of: text)
        guard width + 2 <= plot.width else { return }
        for start in [plot.x + 2, plot.maxX - width - 2, plot.x + (plot.width - width) / 2]
        where start >= plot.x && start + width <= plot.maxX {
            let isLine = (start..<start + width).allSatisfy {
                canvas[$0, lineY].scalar == glyphs.dashedHorizontal && !isTaken(Place(x: $0, y: lineY))
            }
            guard isLine else { continue }
            canvas.write(text, x: start, y: lineY, style: style)
            return
        }
    }

    /// Beside the ceiling's line, from the top down.
    func nameCeiling(_ series: CurveSeries, isAlone: Bool, on canvas: inout Canvas) {
        guard let ceiling = series.ceiling, !ceiling.name.isEmpty, ceiling.value.isFinite else { return }
        let style = canvas.theme.style(isAlone ? .ceiling : .series(series.index))
        let name = glyphs.fit(Harmless.text(ceiling.name, limit: 40))
        let width = TextWidth.columns(of: name)
        guard let cell = x.cell(ceiling.value, of: plot.width) else { return }
        let line = plot.x + cell
        for y in plot.y..<plot.maxY {
            for start in [line - width - 1, line + 2] {
                let spot = Place(x: start, y: y)
                guard isFree(spot, width: width, on: canvas) else { continue }
                canvas.write(name, x: start, y: y, style: style)
                return
            }
        }
    }

    /// What the vertical axis shows, at its upper end.
    func nameAxis(_ name: String, on canvas: inout Canvas) {
        let name = glyphs.fit(Harmless.text(name, limit: 40))
        let width = TextWidth.columns(of: name)
        let spot = Place(x: plot.x + 1, y: plot.y)
        guard width > 0, plot.width >= width + 12, isFree(spot, width: width, on: canvas) else { return }
        canvas.write(name, x: spot.x, y: spot.y, style: canvas.theme.style(.inactive))
    }

    /// Sign and name of each series, at the left where the curve hasn't come yet; else at the right below.
    func drawLegend(_ series: [CurveSeries], on canvas: inout Canvas) {
        let lines = series.map { one in
            (
                text: "\(glyphs.sign(one.index)) \(glyphs.fit(Harmless.text(one.name, limit: 24)))",
                style: canvas.theme.style(.series(one.index))
            )
        }
        let width = lines.map { TextWidth.columns(of: $0.text) }.max() ?? 0
        let corners = [
            Place(x: plot.x + 1, y: plot.y + 1),
            Place(x: plot.maxX - width - 1, y: plot.maxY - lines.count - 1),
            Place(x: plot.x + 1, y: plot.maxY - lines.count), Place(x: plot.maxX - width - 1, y: plot.y),
        ]
        guard plot.width >= 3 * width else { return }
        for corner in corners {
            let rows = corner.y..<max(corner.y, corner.y + lines.count)
            guard rows.allSatisfy({ isFree(Place(x: corner.x, y: $0), width: width, on: canvas) }) else {
                continue
            }
            for (line, y) in zip(lines, rows) {
                canvas.write(line.text, x: corner.x, y: y, style: line.style)
            }
            return
        }
    }
}
