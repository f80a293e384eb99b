import Canvas
import Charts
import Measure

/// What the selected endpoint has to do, over the charts' span: one figure a row, all on one time axis.
///
/// A column shows the mean of what was in it; of waiting and the KV cache the most, for that is what decides. Alone on the
/// screen it has every figure that has a course.
enum LoadPanel {
    struct Figure {
        var name: String
        var now: String
        var role: ThemeRole?
        /// What the full height stands for, at least.
        var floor: Double = 1
        /// Of all that was in a column the most, and not the mean.
        var isPeak = false
        var isShare = false
        var value: (ServerFigures) -> Double?
    }

    static func draw(
        _ scene: WatchScene, _ memory: inout WatchMemory, on canvas: inout Canvas, in rect: Rect
    ) {
        let right = scene.screen.cursor.map { "at \(scene.clock($0))" } ?? scene.screen.span.name
        let inner = Panel("load \(scene.serverName)", right: right, digit: 2).draw(on: &canvas, in: rect)
        guard !inner.isEmpty, let server = scene.server else { return }
        guard let course = memory.course, course.server == server.id, !course.points.isEmpty else {
            canvas.write(
                "no reading yet", x: inner.x + 1, y: inner.y, style: scene.style(.inactive),
                maxWidth: inner.width - 1)
            return
        }
        let labels = inner.width >= 24 ? labelColumns : 0
        let line = server.loadLine.flatMap { $0.share == nil ? nil : Double($0.line.users) }
        let mark = line.map { "\(Character(scene.glyphs.loadLine))\(Format.grouped($0))" }
        let marks = labels > 0 ? mark.map { TextWidth.columns(of: $0) + 1 } ?? 0 : 0
        let chart = Rect(
            x: inner.x + labels, y: inner.y, width: max(1, inner.width - labels - marks), height: inner.height
        )
        let time = TimeColumns(
            endingAt: course.end, span: scene.screen.span.length,
            room: Sparkline.capacity(width: chart.width, glyphs: scene.glyphs), interval: scene.interval)
        let isAlone = scene.view.maximised == .load
        let view = server.view
        let figures = Self.figures(view, isAlone: isAlone)
        let axis = inner.height > 4 ? 1 : 0
        let lines = share(inner.height - axis, among: figures.count, isAlone: isAlone)
        let cut = time.cut(course.points.map { ($0.at, $0.figures.elapsed) })
        var y = inner.y
        for (place, (figure, height)) in zip(figures, lines).enumerated() {
            let row = Rect(x: chart.x, y: y, width: chart.width, height: height)
            let values = cut.map { range in range.flatMap { figure.value(in: course.points[$0]) } }
            let line = place == 0 ? line : nil
            let most = top([figure.floor, line ?? 0] + values.compactMap(\.self))
            let lineY = line.map { row.maxY - 1 - min(height - 1, Int($0 / most * Double(height))) }
            if let lineY, height > 1 {
                for x in row.x..<row.maxX {
                    canvas.put(
                        canvas.glyphs.dashedHorizontal, x: x, y: lineY, style: scene.style(.loadLine))
                }
            }
            Sparkline(
                values: values.flatMap { Array(repeating: $0, count: time.each) }, maximum: most,
                role: figure.role
            ).draw(on: &canvas, in: row)
            if labels > 0 {
                write(
                    figure, most: isAlone ? most : nil, scene, on: &canvas, x: inner.x, y: y, height: height)
            }
            if labels > 0, let mark, let line, let lineY {
                let isOver = view?.now.running ?? 0 > line
                canvas.write(
                    canvas.glyphs.fit(mark), x: chart.maxX + 1, y: lineY,
                    style: scene.style(isOver ? .warn : .loadLine, .bold))
            }
            y += height
        }
        if axis > 0, y < inner.maxY {
            TimeAxis(time, scene).draw(on: &canvas, x: chart.x, y: inner.maxY - 1, width: chart.width)
        }
        TimeAxis(time, scene).drawCursor(
            on: &canvas, in: Rect(x: chart.x, y: inner.y, width: chart.width, height: y - inner.y))
    }

    private static let labelColumns = 12

    /// A round figure, so that a new most doesn't move all that there is.
    static func top(_ values: [Double]) -> Double {
        let most = values.filter(\.isFinite).max() ?? 1
        guard most > 0 else { return 1 }
        var unit = 1.0
        while unit * 10 < most, unit < 1e15 { unit *= 10 }
        while unit > most, unit > 1e-9 { unit /= 10 }
        return unit * ([1, 1.5, 2, 3, 4, 6, 8, 10].first { unit * $0 >= most } ?? 10)
    }

    /// How many lines each of them has: one at least, and the first ones more.
    private static func share(_ lines: Int, among count: Int, isAlone: Bool) -> [Int] {
        let shown = max(1, min(count, lines))
        let each = max(1, min(isAlone ? 6 : 4, lines / shown))
        var spare = lines - each * shown
        return (0..<shown).map { place in
            guard spare > 0, each < 4 || place == 0 else { return each }
            spare -= 1
            return each + 1
        }
    }

    private static func write(
        _ figure: Figure, most: Double?, _ scene: WatchScene, on canvas: inout Canvas, x: Int, y: Int,
        height: Int
    ) {
        let used = canvas.write(figure.name, x: x, y: y, style: scene.style(.graphText), maxWidth: 6)
        canvas.write(
            rightAligned: canvas.glyphs.fit(figure.now), endX: x + labelColumns - 1, y: y,
            style: scene.style(.foreground), maxWidth: labelColumns - 2 - used,
            ellipsis: canvas.glyphs.ellipsis)
        guard let most, height > 1 else { return }
        canvas.write(
            "to \(figure.isShare ? Format.wholePercent(most) : Format.count(most))", x: x, y: y + 1,
            style: scene.style(.inactive), maxWidth: labelColumns - 1)
    }

    private static func figures(_ view: ServerView?, isAlone: Bool) -> [Figure] {
        let (now, minute) = (view?.now, view?.minute)
        let first = [
            Figure(name: "run", now: Format.grouped(now?.running), floor: 4) { $0.running },
            Figure(name: "wait", now: Format.grouped(now?.waiting), role: .warn, floor: 4, isPeak: true) {
                $0.waiting
            },
            Figure(name: "KV", now: Format.wholePercent(now?.kvUsage), isPeak: true, isShare: true) {
                $0.kvUsage
            },
            Figure(name: "out/s", now: ServersTable.rate(minute?.generationTokensPerSecond), floor: 10) {
                $0.generationTokensPerSecond
            },
            Figure(name: "in/s", now: ServersTable.rate(minute?.promptTokensPerSecond), floor: 10) {
                $0.promptTokensPerSecond
            },
            Figure(name: "hit", now: Format.wholePercent(minute?.prefixHitRate), isShare: true) {
                $0.prefixHitRate
            },
        ]
        guard isAlone else { return first }
        return first + [
            Figure(name: "req/s", now: Format.rate(minute?.requestsPerSecond), floor: 1) {
                $0.requestsPerSecond
            },
            Figure(
                name: "pre/m", now: Format.grouped(minute?.preemptionsPerSecond.map { $0 * 60 }), role: .bad,
                floor: 10
            ) { $0.preemptionsPerSecond.map { $0 * 60 } },
            Figure(name: "err/s", now: Format.rate(minute?.errorsPerSecond), role: .bad, floor: 1) {
                $0.errorsPerSecond
            },
            Figure(name: "batch", now: Format.rate(minute?.meanBatch), floor: 4) { $0.meanBatch },
            Figure(name: "spec", now: Format.wholePercent(minute?.speculation?.acceptance), isShare: true) {
                $0.speculation?.acceptance
            },
        ]
    }
}

extension LoadPanel.Figure {
    /// Over all that lies in one column.
    fileprivate func value(in points: ArraySlice<(at: Moment, figures: ServerFigures)>) -> Double? {
        let known = points.compactMap { point in
            value(point.figures).flatMap { $0.isFinite ? (value: $0, elapsed: point.figures.elapsed) : nil }
        }
        guard !known.isEmpty else { return nil }
        if isPeak { return known.map(\.value).max() }
        let weights = known.map { Double(max(1, $0.elapsed ?? .second)) }
        let all = weights.reduce(0, +)
        return zip(known, weights).reduce(0) { $0 + $1.0.value * $1.1 / all }
    }
}
