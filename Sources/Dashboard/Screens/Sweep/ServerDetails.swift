import Canvas
import Charts
import Measure

/// What the server's panel shows when it's alone on the screen: its last two minutes, and every level.
enum ServerDetails {
    private static let labelColumns = 15
    private static let leastTable = 4

    static func draw(_ view: SweepServer, _ scene: Scene, on canvas: inout Canvas, in rect: Rect) {
        let courses = courses(view, scene)
        let levels = scene.endpoint?.levelsByLoad.map { view.endpoint.levels[$0] } ?? []
        let tableRows = min(levels.count + 1, max(leastTable, rect.height / 2))
        // A blank line above each of the two.
        let room = rect.height - tableRows - 2
        let each = min(4, room / courses.count)
        var y = rect.y + 1
        if each > 0 {
            for course in courses {
                draw(
                    course, scene, on: &canvas,
                    in: Rect(x: rect.x, y: y, width: rect.width, height: each))
                y += each
            }
            y += 1
        }
        table(levels).draw(
            on: &canvas, in: Rect(x: rect.x, y: y, width: rect.width, height: max(0, rect.maxY - y)))
    }

    // MARK: Over time

    private struct Course {
        var name: String
        var now: String
        /// A second each, the oldest first.
        var values: [Double?]
        var maximum: Double
    }

    private static func courses(_ view: SweepServer, _ scene: Scene) -> [Course] {
        let held = scene.chartEndpoint ?? view.endpoint
        let past = scene.charts.server(of: view.endpoint.info.id)?.past ?? view.server.past
        let end = scene.charts.at
        let points = past.course(since: end - Int64(HistoryRows.span) * .second, engine: nil)
        func seconds(_ value: (ServerFigures) -> Double?) -> [Double?] {
            resampled(points.map { ($0.at, value($0.figures)) }, until: end)
        }
        let out = held.history.suffix(HistoryRows.span).map { Double($0.inFlight) as Double? }
        let running = seconds(\.running)
        let waiting = seconds(\.waiting)
        // Held against each other: on one scale.
        let most = (out + running + waiting).compactMap(\.self).max() ?? 0
        return [
            Course(
                name: "out from here", now: Format.grouped(view.endpoint.inFlight), values: out,
                maximum: max(1, most)),
            Course(name: "running", now: view.running, values: running, maximum: max(1, most)),
            Course(name: "waiting", now: view.waiting, values: waiting, maximum: max(1, most)),
            Course(name: "KV", now: view.kvUsage, values: seconds(\.kvUsage), maximum: 1),
        ]
    }

    /// A page holds until the next one is read, but not for ever.
    private static func resampled(_ points: [(at: Moment, value: Double?)], until end: Moment) -> [Double?] {
        var next = points.startIndex
        var last: (at: Moment, value: Double?)?
        return (0..<HistoryRows.span).map { second in
            let moment = end - Int64(HistoryRows.span - 1 - second) * .second
            while next < points.endIndex, points[next].at <= moment {
                last = points[next]
                next += 1
            }
            return last.flatMap { moment - $0.at > 15 * .second ? nil : $0.value }
        }
    }

    private static func draw(_ course: Course, _ scene: Scene, on canvas: inout Canvas, in rect: Rect) {
        canvas.write(
            course.name, x: rect.x, y: rect.y, style: scene.style(.graphText), maxWidth: labelColumns)
        canvas.write(
            rightAligned: course.now, endX: rect.x + labelColumns + 5, y: rect.y,
            style: scene.style(.foreground), maxWidth: 6)
        let chart = Rect(
            x: rect.x + labelColumns + 6, y: rect.y, width: rect.width - labelColumns - 6, height: rect.height
        )
        let capacity = Sparkline.capacity(width: chart.width, glyphs: scene.glyphs)
        guard capacity > 0 else { return }
        // A second has as many columns as any other, or the shape would change while it moves along.
        let each = (capacity + HistoryRows.span - 1) / HistoryRows.span
        let values = course.values.suffix(capacity / each)
        Sparkline(
            values: values.flatMap { Array(repeating: $0, count: each) }, maximum: course.maximum,
            role: .graphText
        ).draw(on: &canvas, in: chart)
    }

    // MARK: By level

    private static func table(_ levels: [LevelResult]) -> TextTable {
        TextTable(
            columns: [
                TableColumn("users", priority: 20, minWidth: 5),
                TableColumn("TTFT here", priority: 15, minWidth: 9),
                TableColumn("there", priority: 16, minWidth: 7),
                TableColumn("between", priority: 9, minWidth: 7),
                TableColumn("queue", priority: 14, minWidth: 7),
                TableColumn("prefill", priority: 8, minWidth: 7),
                TableColumn("wait max", priority: 12, minWidth: 8),
                TableColumn("KV max", priority: 13, minWidth: 6),
                TableColumn("preempt", priority: 11, minWidth: 7),
                TableColumn("hits", priority: 7, minWidth: 5),
                TableColumn("accepted", priority: 4, minWidth: 8),
                TableColumn("GPU", priority: 6, minWidth: 5),
                TableColumn("W", priority: 5, minWidth: 5),
                TableColumn("J/token", priority: 10, minWidth: 7),
                TableColumn("others", alignment: .left, priority: 3, minWidth: 9),
            ], rows: levels.map(row), emptyText: "no level is finished yet")
    }

    private static func row(_ level: LevelResult) -> [TableCell] {
        let told = level.telemetry
        return [
            level.load.label, Format.duration(level.ttft.knownMean), Format.duration(told?.ttft),
            Format.duration(level.ttftOnTheWay), Format.duration(told?.queue), Format.duration(told?.prefill),
            Format.count(told?.waitingMax), Format.percent(told?.kvMax), Format.count(told?.preemptions),
            Format.percent(told?.prefixHitRate), Format.percent(told?.acceptance),
            Format.percent(told?.gpuUtilisation), Format.count(told?.watts.map { $0.rounded() }),
            Format.rate(told?.joulesPerToken), told?.foreign?.words ?? "",
        ].map { TableCell($0) }
    }
}
