import Canvas
import Measure

/// The time below a chart, and the cursor in it.
struct TimeAxis {
    private let time: TimeColumns
    private let scene: WatchScene

    init(_ time: TimeColumns, _ scene: WatchScene) {
        self.time = time
        self.scene = scene
    }

    /// How far back its left edge lies; and the right one: now, unless the cursor holds the charts back.
    var from: String {
        // Columns are whole seconds: a little more than was asked for is what was asked for.
        let nominal = scene.screen.span.length
        return "-" + WatchSpan.words(behind + (time.span - nominal < nominal / 10 ? nominal : time.span))
    }
    var to: String { behind < 2 * time.step ? "now" : "-" + WatchSpan.words(behind) }
    private var behind: Nanoseconds { max(0, scene.charts.at - scene.chartsEnd) }

    func draw(on canvas: inout Canvas, x: Int, y: Int, width: Int) {
        let style = scene.style(.inactive)
        canvas.write(rightAligned: to, endX: x + width, y: y, style: style, maxWidth: width)
        let room = width - to.utf8.count - 2
        guard from.utf8.count <= room else { return }
        canvas.write(from, x: x, y: y, style: style)
        let middle = "-" + WatchSpan.words(behind + time.span / 2)
        let start = x + width / 2 - middle.utf8.count / 2
        guard start > x + from.utf8.count + 1, start + middle.utf8.count < x + room else { return }
        canvas.write(middle, x: start, y: y, style: style)
    }

    /// All that lies in its column is turned about.
    ///
    /// - Parameter rect: where the columns are: the last one at the right edge.
    func drawCursor(on canvas: inout Canvas, in rect: Rect, cellsAreHalved: Bool = true) {
        guard let cursor = scene.screen.cursor, let index = time.index(of: cursor) else { return }
        let perCell = cellsAreHalved && canvas.glyphs == .braille ? 2 : 1
        let back = ((time.count - 1 - index) * time.each + perCell - 1) / perCell
        let x = rect.maxX - 1 - back
        guard x >= rect.x else { return }
        for y in rect.y..<rect.maxY {
            var cell = canvas[x, y]
            cell.style.attributes.insert(.reverse)
            canvas[x, y] = cell
        }
    }
}
