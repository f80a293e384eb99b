import Canvas
import Charts
import Measure

/// What happened, the newest first: what changed just before it became bad stands here. At the cursor, what had happened
/// by then.
enum EventsPanel {
    /// Lower than this it is lines without a frame: two of them tell more than one in a frame.
    private static let leastFramed = 4

    /// Returns the page that was drawn, and how many there are.
    static func draw(_ scene: WatchScene, on canvas: inout Canvas, in rect: Rect) -> (page: Int, pages: Int) {
        let all = scene.snapshot.watch.events
        let events = scene.screen.cursor.map { cursor in all.filter { $0.at <= cursor } } ?? all
        guard rect.height >= leastFramed else {
            drawLines(
                events, scene, on: &canvas,
                in: Rect(x: rect.x + 1, y: rect.y, width: rect.width - 2, height: rect.height))
            return (0, 1)
        }
        let room = rect.height - 2
        let isAlone = scene.view.maximised == .events
        let pages = isAlone ? max(1, (events.count + room - 1) / room) : 1
        let page = max(0, min(scene.screen.page, pages - 1))
        let paged = events.dropLast(page * room)
        let seen = min(paged.count, room)
        let unseen = events.contains { !scene.screen.seen.has($0) && $0.weight > .note }
        let hint = unseen ? "   a acknowledges" : ""
        let inner = Panel(
            "events",
            right: events.isEmpty
                ? nil
                : "\(page > 0 ? "\(page * room + 1)–\(page * room + seen)" : "\(seen)") of \(all.count)\(hint)",
            digit: 6
        ).draw(on: &canvas, in: rect)
        drawLines(Array(paged), scene, on: &canvas, in: inner)
        return (page, pages)
    }

    private static func drawLines(
        _ events: [WatchEvent], _ scene: WatchScene, on canvas: inout Canvas, in rect: Rect
    ) {
        guard !rect.isEmpty else { return }
        guard !events.isEmpty else {
            canvas.write(
                "nothing has happened yet", x: rect.x, y: rect.y, style: scene.style(.inactive),
                maxWidth: rect.width)
            return
        }
        let labels = events.suffix(rect.height).map { scene.name(of: $0) }
        let column = min(24, labels.map { TextWidth.columns(of: $0.text) }.max() ?? 0)
        for (row, event) in events.suffix(rect.height).reversed().enumerated() {
            let isSeen = scene.screen.seen.has(event)
            let name = scene.name(of: event)
            let role: ThemeRole =
                switch event.weight {
                case _ where isSeen: .inactive
                case .red: .bad
                case .yellow: .warn
                case .note: .foreground
                }
            let y = rect.y + row
            var x = rect.x
            x += canvas.write(scene.clock(event.at), x: x, y: y, style: scene.style(.inactive)) + 2
            canvas.write(
                canvas.glyphs.fit(name.text), x: x, y: y,
                style: scene.style(isSeen ? .inactive : name.index.map { .series($0) } ?? .title),
                maxWidth: column, ellipsis: canvas.glyphs.ellipsis)
            x += column + 2
            canvas.write(
                canvas.glyphs.fit(event.text.text), x: x, y: y,
                style: scene.style(role, event.weight == .red && !isSeen ? .bold : []),
                maxWidth: max(0, rect.maxX - x), ellipsis: canvas.glyphs.ellipsis)
        }
    }
}

extension WatchScene {
    /// Whose it is: a server's sign and label, a note's own sign, the session's.
    fileprivate func name(of event: WatchEvent) -> (text: String, index: Int?) {
        guard let source = event.source else {
            return ("\(Character(glyphs.pointer)) \(event.kind == "mark" ? "note" : "session")", nil)
        }
        guard let (text, index) = name(of: source) else { return ("GPUs", nil) }
        return (text, index)
    }
}
