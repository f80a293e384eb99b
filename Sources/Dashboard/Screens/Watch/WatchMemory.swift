import Charts
import Measure

/// What a watch's charts remember from one frame to the next: the past that they show, which is dear to ask for, and the
/// rows of the heat maps, which are held.
struct WatchMemory: Sendable {
    /// The selected server's past over the charts' span; nil where there is no server.
    private(set) var course: Course?
    private var gpuCourse: GPUCourse?
    private var heatRows: [HeatMapKey: Range<Int>] = [:]

    struct Course: Sendable {
        var server: SourceID
        var span: WatchSpan
        var end: Moment
        var points: [(at: Moment, figures: ServerFigures)]
    }

    struct GPUCourse: Sendable {
        var span: WatchSpan
        var end: Moment
        var points: [(at: Moment, gpus: [GPUFigures])]
    }

    struct HeatMapKey: Hashable, Sendable {
        var server: SourceID
        var metric: HeatPanel.Metric
        var span: WatchSpan
        var bounds: [Double]
    }

    /// Before anything is drawn: at most once a second, and over a long span as seldom as its columns move.
    mutating func prepare(for scene: WatchScene) {
        guard let server = scene.chartServer else {
            course = nil
            return
        }
        let span = scene.screen.span
        let end = scene.chartsEnd
        if let course, course.server == server.id, course.span == span, course.end <= end,
            end - course.end < Self.refresh(span)
        {
            return
        }
        // A chart's columns may reach back twice as far as the span.
        let points = server.past.course(since: end - 2 * span.length, engine: nil)
        course = Course(server: server.id, span: span, end: end, points: points.filter { $0.at <= end })
    }

    /// The GPUs' past, as seldom; only asked for where it is drawn.
    mutating func gpuCourse(for scene: WatchScene) -> GPUCourse? {
        guard let gpus = scene.charts.watch.gpus else { return nil }
        let span = scene.screen.span
        let end = scene.chartsEnd
        if let gpuCourse, gpuCourse.span == span, gpuCourse.end <= end,
            end - gpuCourse.end < Self.refresh(span)
        {
            return gpuCourse
        }
        let points = gpus.past.course(since: end - 2 * span.length).filter { $0.at <= end }
        gpuCourse = GPUCourse(span: span, end: end, points: points)
        return gpuCourse
    }

    private static func refresh(_ span: WatchSpan) -> Nanoseconds {
        min(5 * .second, max(.second, span.length / 600))
    }

    /// The rows that a heat map shows: what it has shown, and what it has to show now.
    mutating func settle(_ fitted: Range<Int>?, _ key: HeatMapKey) -> Range<Int>? {
        let held = heatRows[key]
        guard let fitted else { return held }
        let rows =
            held.map { min($0.lowerBound, fitted.lowerBound)..<max($0.upperBound, fitted.upperBound) }
            ?? fitted
        if rows != held {
            // Of another server, or another span: they are found again.
            heatRows = heatRows.filter { $0.key.server == key.server && $0.key.span == key.span }
            heatRows[key] = rows
        }
        return rows
    }
}
