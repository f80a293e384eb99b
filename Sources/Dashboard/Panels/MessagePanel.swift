import Canvas
import Charts
import Measure

/// The line above the footer: a question, a word about what was just done, a warning; and when all is
/// quiet, the instrument's own health.
enum MessagePanel {
    static func draw(_ scene: Scene, on canvas: inout Canvas, in rect: Rect) {
        guard !rect.isEmpty else { return }
        if drawUrgent(scene, on: &canvas, in: rect) { return }
        let inner = Rect(x: rect.x + 1, y: rect.y, width: rect.width - 2, height: 1)
        if let alerts = Alerts.line(in: scene) {
            scene.draw(alerts, on: &canvas, in: inner)
        } else {
            scene.draw(SegmentLine(left: health(scene), right: marks(scene)), on: &canvas, in: inner)
        }
    }

    /// What can't wait: it takes the footer's place where there's no message line.
    static func drawUrgent(_ scene: Scene, on canvas: inout Canvas, in rect: Rect) -> Bool {
        let inner = Rect(x: rect.x + 1, y: rect.y, width: rect.width - 2, height: 1)
        if let prompt = scene.view.prompt {
            draw(prompt, scene, on: &canvas, in: inner)
            return true
        }
        if let notice = scene.view.notice, scene.now < notice.until {
            let role: ThemeRole = notice.isError ? .bad : .good
            let sign = String(Character(notice.isError ? scene.glyphs.warn : scene.glyphs.pointer))
            let text = "\(sign) \(Harmless.text(notice.text, limit: 300))"
            scene.draw(
                SegmentLine(left: [Segment(text, role: role, .bold, priority: 1)]), on: &canvas, in: inner)
            return true
        }
        if scene.isFrozen, scene.panels[.message] != nil {
            let text =
                "view frozen at \(Format.elapsed(scene.snapshot.elapsed)), measuring goes on: space thaws it"
            let segment = Segment(
                text, short: "view frozen, measuring goes on", role: .warn, .bold, priority: 1)
            scene.draw(SegmentLine(left: [segment]), on: &canvas, in: inner)
            return true
        }
        return false
    }

    private static func draw(
        _ prompt: ViewState.Prompt, _ scene: Scene, on canvas: inout Canvas, in rect: Rect
    ) {
        switch prompt {
        case .quit:
            let isLost = scene.snapshot.recording == .off
            let line = SegmentLine(left: [
                Segment(
                    isLost ? "quit? nothing was recorded: y/n" : "quit? the recording is kept: y/n",
                    short: "quit? y/n", role: .warn, [.bold, .reverse],
                    priority: 2)
            ])
            scene.draw(line, on: &canvas, in: rect)
        case .note(let editor):
            draw(editor, label: "note:", hint: "Enter saves, Esc cancels", scene, on: &canvas, in: rect)
        case .filter(let editor):
            draw(
                editor, label: "filter:", hint: "Enter keeps it, Esc shows all", scene, on: &canvas, in: rect)
        }
    }

    private static func draw(
        _ editor: LineEditor, label: String, hint: String, _ scene: Scene, on canvas: inout Canvas,
        in rect: Rect
    ) {
        let used = canvas.write(
            label, x: rect.x, y: rect.y, style: scene.style(.highlight, .bold), maxWidth: rect.width)
        let hintColumns = TextWidth.columns(of: hint)
        let showsHint = rect.width >= used + hintColumns + 20
        if showsHint {
            canvas.write(rightAligned: hint, endX: rect.maxX, y: rect.y, style: scene.style(.inactive))
        }
        // The end of the text stays in sight, where the typing goes on.
        let x = rect.x + used + 1
        let room = max(1, rect.maxX - x - 1 - (showsHint ? hintColumns + 2 : 0))
        var shown = Substring(editor.text)
        while TextWidth.columns(of: String(shown)) > room, !shown.isEmpty { shown.removeFirst() }
        let written = canvas.write(
            String(shown), x: x, y: rect.y, style: scene.style(.foreground, .bold), maxWidth: room)
        canvas.put(" ", x: x + written, y: rect.y, style: scene.style(.foreground, .reverse))
    }

    private static func health(_ scene: Scene) -> [Segment] {
        if case .replaying(let path) = scene.snapshot.recording {
            return [Segment("a recording: \(Harmless.text(path, limit: 200))", role: .inactive, priority: 1)]
        }
        // Nobody reads these five times a second.
        let reviewed = scene.endpoint.flatMap { scene.reviewed(in: $0) }
        let lag = reviewed?.lag ?? scene.charts.lag
        let level = reviewed.map { " at \(Format.users($0.concurrency))" } ?? ""
        return [
            Segment(
                "own lag p99\(level) \(Format.duration(lag.timerP99).padded(to: 6))", role: .inactive,
                priority: 9),
            Segment("to read \(Format.duration(lag.readP99).padded(to: 6))", role: .inactive, priority: 6),
            Segment("to send \(Format.duration(lag.sendP99).padded(to: 6))", role: .inactive, priority: 7),
            Segment("CPU \(Format.percent(lag.cpuShare).padded(to: 5))", role: .inactive, priority: 8),
            Segment(path(scene), role: .inactive, priority: 2),
        ]
    }

    private static func path(_ scene: Scene) -> String {
        if case .running(let path, _) = scene.snapshot.recording {
            return "recording \(Harmless.text(path, limit: 200))"
        }
        return ""
    }

    private static func marks(_ scene: Scene) -> [Segment] {
        guard let mark = scene.snapshot.marks.last else { return [] }
        let at = Format.elapsed(max(0, mark.at - scene.snapshot.session.started.moment))
        return [Segment("marked \(at) \(Harmless.text(mark.note, limit: 60))", role: .inactive, priority: 1)]
    }
}
