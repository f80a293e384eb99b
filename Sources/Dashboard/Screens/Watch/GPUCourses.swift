import Canvas
import Charts
import Measure

/// Utilisation and power of each GPU over the charts' span: below the table when it's alone on the screen.
enum GPUCourses {
    private static let leastLabelColumns = 14

    static func draw(
        _ gpus: [GPUFigures], _ scene: WatchScene, _ memory: inout WatchMemory, on canvas: inout Canvas,
        in rect: Rect
    ) {
        let labelColumns = labelColumns(gpus, rect)
        guard rect.height >= 3, rect.width >= labelColumns + 12, let course = memory.gpuCourse(for: scene)
        else { return }
        let chart = Rect(
            x: rect.x + labelColumns, y: rect.y, width: rect.width - labelColumns, height: rect.height)
        let time = TimeColumns(
            endingAt: course.end, span: scene.screen.span.length,
            room: Sparkline.capacity(width: chart.width, glyphs: scene.glyphs), interval: scene.interval)
        var y = rect.y
        var points: [(at: Moment, gpus: [GPUFigures])] = []
        var cut: [Range<Int>?] = []
        var source: SourceID?
        for gpu in gpus {
            // Each source has its own times; a source's GPUs are together.
            if source != gpu.source {
                source = gpu.source
                points = course.points.filter { $0.gpus.contains { $0.source == gpu.source } }
                cut = time.cut(
                    points.enumerated().map { place, point in
                        (point.at, place > 0 ? point.at - points[place - 1].at : nil)
                    })
            }
            for (name, maximum, figure) in figures(of: gpu) where y < rect.maxY - 1 {
                let values = cut.map { range -> Double? in
                    let known =
                        range.map { points[$0] }?.compactMap { point in
                            point.gpus.first { $0.id == gpu.id }.flatMap(figure)
                        } ?? []
                    return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
                }
                canvas.write(
                    canvas.glyphs.fit("\(title(of: gpu, among: gpus)) \(name)"), x: rect.x, y: y,
                    style: scene.style(.graphText),
                    maxWidth: labelColumns - 1)
                Sparkline(
                    values: values.flatMap { Array(repeating: $0, count: time.each) }, maximum: maximum
                ).draw(on: &canvas, in: Rect(x: chart.x, y: y, width: chart.width, height: 1))
                y += 1
            }
        }
        TimeAxis(time, scene).draw(on: &canvas, x: chart.x, y: min(y, rect.maxY - 1), width: chart.width)
        TimeAxis(time, scene).drawCursor(
            on: &canvas, in: Rect(x: chart.x, y: rect.y, width: chart.width, height: y - rect.y))
    }

    private static func title(of gpu: GPUFigures, among gpus: [GPUFigures]) -> String {
        gpus.areOfSeveralHosts ? gpu.title(withHost: true).text : "\(gpu.number)"
    }

    /// As wide as the widest needs, and no more than a third of the room: hosts have any names.
    private static func labelColumns(_ gpus: [GPUFigures], _ rect: Rect) -> Int {
        let widest = gpus.map { TextWidth.columns(of: title(of: $0, among: gpus)) }.max() ?? 0
        return max(leastLabelColumns, min(widest + " throttled ".count, rect.width / 3))
    }

    private typealias Figure = (name: String, maximum: Double?, value: (GPUFigures) -> Double?)

    private static func figures(of gpu: GPUFigures) -> [Figure] {
        [
            ("util", 1, { $0.utilisation }), ("power", gpu.wattsLimit, { $0.watts }),
            ("throttled", 1, { $0.throttledShare }),
        ]
    }
}
