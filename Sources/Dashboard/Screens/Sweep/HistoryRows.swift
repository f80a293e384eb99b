import Canvas
import Charts
import Measure

/// The last minute or two: tokens/s, and below it, where there's room, in flight, waiting and failed.
enum HistoryRows {
    private struct Figure {
        var name: String
        var now: String
        var role: ThemeRole?
        var value: (HistoryBin) -> Double
        /// The least that the full height stands for: one error in a minute isn't a wall.
        var floor: Double
    }

    /// As far back as the history goes.
    static let span = 120
    private static let labelColumns = 15

    static func draw(
        _ endpoint: EndpointSnapshot, held: EndpointSnapshot, _ scene: Scene, on canvas: inout Canvas,
        in rect: Rect
    ) {
        guard rect.height > 0, rect.width > 0 else { return }
        var figures = [
            Figure(
                name: "in flight", now: Format.grouped(Double(endpoint.inFlight)), role: .graphText,
                value: { Double($0.inFlight) }, floor: 1),
            Figure(
                name: "waiting", now: Format.grouped(Double(endpoint.waiting)), role: .graphText,
                value: { Double($0.waiting) }, floor: 4),
            Figure(
                name: "failed/s", now: Format.grouped(Double(held.history.last?.failed ?? 0)), role: .bad,
                value: { Double($0.failed) }, floor: 4),
        ]
        // Each of them wants a line; tokens/s, which have the gauge as well, keep at least one.
        let room = rect.width >= labelColumns + 12 ? max(0, rect.height - 1) : 0
        figures = room >= figures.count ? figures : []
        let isFull = scene.view.maximised == .throughput
        let each = figures.isEmpty ? 0 : max(1, min(isFull ? 6 : 3, (rect.height / 2) / figures.count))
        let top = rect.height - each * figures.count
        tokens(held, scene, on: &canvas, in: Rect(x: rect.x, y: rect.y, width: rect.width, height: top))
        var y = rect.y + top
        for figure in figures {
            let label = Rect(x: rect.x, y: y, width: labelColumns, height: 1)
            canvas.write(figure.name, x: label.x, y: y, style: scene.style(.graphText), maxWidth: 9)
            canvas.write(
                rightAligned: figure.now, endX: label.maxX - 1, y: y, style: scene.style(.foreground),
                maxWidth: 5)
            let shown = spark(
                held.history, figure.value, floor: figure.floor, role: figure.role, scene, on: &canvas,
                in: Rect(x: label.maxX, y: y, width: rect.width - labelColumns, height: each))
            if isFull, each > 1 {
                canvas.write(
                    "most \(Format.grouped(shown.most))", x: label.x, y: y + 1, style: scene.style(.inactive),
                    maxWidth: labelColumns - 1)
            }
            y += each
        }
    }

    private static func tokens(
        _ endpoint: EndpointSnapshot, _ scene: Scene, on canvas: inout Canvas, in rect: Rect
    ) {
        guard rect.height > 0 else { return }
        let beside = rect.width >= labelColumns + 12
        let chart =
            beside
            ? Rect(x: rect.x + labelColumns, y: rect.y, width: rect.width - labelColumns, height: rect.height)
            : rect
        let shown = spark(
            endpoint.history, \.tokens, floor: 1, role: nil, scene, on: &canvas, in: chart)
        guard beside else { return }
        canvas.write("tokens/s", x: rect.x, y: rect.y, style: scene.style(.graphText))
        if rect.height > 1 {
            canvas.write("last \(shown.seconds) s", x: rect.x, y: rect.y + 1, style: scene.style(.inactive))
        }
        if rect.height > 2, scene.view.maximised == .throughput {
            canvas.write(
                "most \(Format.speed(shown.most))", x: rect.x, y: rect.y + 2, style: scene.style(.inactive),
                maxWidth: labelColumns - 1)
        }
    }

    /// Returns the seconds that it shows, and the most of them.
    @discardableResult
    private static func spark(
        _ history: [HistoryBin], _ value: (HistoryBin) -> Double, floor: Double, role: ThemeRole?,
        _ scene: Scene, on canvas: inout Canvas, in rect: Rect
    ) -> (seconds: Int, most: Double) {
        let capacity = Sparkline.capacity(width: rect.width, glyphs: scene.glyphs)
        guard capacity > 0 else { return (0, 0) }
        // A second has as many columns as any other, or the shape would change while it moves along.
        let each = (capacity + span - 1) / span
        let seconds = capacity / each
        let values: [Double?] = history.suffix(seconds).flatMap { Array(repeating: value($0), count: each) }
        let most = values.compactMap(\.self).filter(\.isFinite).max() ?? 0
        Sparkline(values: values, maximum: max(floor, most), role: role)
            .draw(on: &canvas, in: rect)
        return (seconds, most)
    }
}
