import Canvas
import Charts
import Measure

/// Utilisation and power of each GPU over the charts' span: below the table when it's alone on the screen.
enum GPUCourses {
    private static let labelColumns = 14

    static func draw(
        _ scene: WatchScene, _ memory: inout WatchMemory, on canvas: inout Canvas, in rect: Rect
    ) {
        guard rect.height >= 3, rect.width >= labelColumns + 12, let gpus = scene.charts.watch.gpus,
            let course = memory.gpuCourse(for: scene)
        else { return }
        let chart = Rect(
            x: rect.x + labelColumns, y: rect.y, width: rect.width - labelColumns, height: rect.height)
        let time = TimeColumns(
            endingAt: course.end, span: scene.screen.span.length,
            room: Sparkline.capacity(width: chart.width, glyphs: scene.glyphs), interval: scene.interval)
        let cut = time.cut(
            course.points.enumerated().map { place, point in
                (point.at, place > 0 ? point.at - course.points[place - 1].at : nil)
            })
        var y = rect.y
        for gpu in gpus.scrape {
            for (name, maximum, figure) in figures(of: gpu) where y < rect.maxY - 1 {
                let values = cut.map { range -> Double? in
                    let known =
                        range.map { course.points[$0] }?.compactMap { point in
                            point.gpus.first { $0.index == gpu.index }.flatMap(figure)
                        } ?? []
                    return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
                }
                canvas.write(
                    "\(gpu.index) \(name)", x: rect.x, y: y, style: scene.style(.graphText),
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

    private typealias Figure = (name: String, maximum: Double?, value: (GPUFigures) -> Double?)

    private static func figures(of gpu: GPUFigures) -> [Figure] {
        [
            ("util", 1, { $0.utilisation }), ("power", gpu.wattsLimit, { $0.watts }),
            ("throttled", 1, { $0.throttledShare }),
        ]
    }
}
