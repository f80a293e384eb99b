import Canvas
import Charts
import Measure

/// The line above the footer: a question, a word about what was just done, a warning; and when all is
/// quiet, the instrument's own health.
enum MessagePanel {
    static func draw(_ stage: Stage<some Screen>, on canvas: inout Canvas, in rect: Rect) {
        guard !rect.isEmpty else { return }
        if drawUrgent(stage, on: &canvas, in: rect) { return }
        let inner = Rect(x: rect.x + 1, y: rect.y, width: rect.width - 2, height: 1)
        if let alerts = stage.screen.alerts(stage) {
            stage.draw(alerts, on: &canvas, in: inner)
        } else {
            stage.draw(
                SegmentLine(
                    left: health(stage), right: marks(stage) + WallClock.segment(stage, in: .message)),
                on: &canvas, in: inner)
        }
    }

    /// What can't wait: it takes the footer's place where there's no message line.
    static func drawUrgent(_ stage: Stage<some Screen>, on canvas: inout Canvas, in rect: Rect) -> Bool {
        let inner = Rect(x: rect.x + 1, y: rect.y, width: rect.width - 2, height: 1)
        if let prompt = stage.view.prompt {
            draw(prompt, stage, on: &canvas, in: inner)
            return true
        }
        if let notice = stage.view.notice, stage.now < notice.until {
            let role: ThemeRole = notice.isError ? .bad : .good
            let sign = String(Character(notice.isError ? stage.glyphs.warn : stage.glyphs.pointer))
            let text = "\(sign) \(Harmless.text(notice.text, limit: 300))"
            stage.draw(
                SegmentLine(left: [Segment(text, role: role, .bold, priority: 1)]), on: &canvas, in: inner)
            return true
        }
        if stage.isFrozen, stage.panels[.message] != nil {
            // A recording measures nothing: it only plays on unseen.
            let rest =
                stage.isOver ? "" : stage.screen.isReplay ? ", the replay plays on" : ", measuring goes on"
            let segment = Segment(
                "view frozen at \(Format.elapsed(stage.snapshot.elapsed))\(rest): space thaws it",
                short: "view frozen\(rest)", role: .warn, .bold, priority: 1)
            stage.draw(SegmentLine(left: [segment]), on: &canvas, in: inner)
            return true
        }
        return false
    }

    private static func draw(
        _ prompt: ViewState.Prompt, _ stage: Stage<some Screen>, on canvas: inout Canvas, in rect: Rect
    ) {
        switch prompt {
        case .quit(let question, let short):
            let line = SegmentLine(left: [
                Segment(question, short: short, role: .warn, [.bold, .reverse], priority: 2)
            ])
            stage.draw(line, on: &canvas, in: rect)
        case .note(let editor):
            draw(editor, label: "note:", hint: "Enter saves, Esc cancels", stage, on: &canvas, in: rect)
        case .filter(let editor):
            draw(
                editor, label: "filter:", hint: "Enter keeps it, Esc shows all", stage, on: &canvas, in: rect)
        }
    }

    private static func draw(
        _ editor: LineEditor, label: String, hint: String, _ stage: Stage<some Screen>,
        on canvas: inout Canvas,
        in rect: Rect
    ) {
        let used = canvas.write(
            label, x: rect.x, y: rect.y, style: stage.style(.highlight, .bold), maxWidth: rect.width)
        let hintColumns = TextWidth.columns(of: hint)
        let showsHint = rect.width >= used + hintColumns + 20
        if showsHint {
            canvas.write(rightAligned: hint, endX: rect.maxX, y: rect.y, style: stage.style(.inactive))
        }
        // The end of the text stays in sight, where the typing goes on.
        let x = rect.x + used + 1
        let room = max(1, rect.maxX - x - 1 - (showsHint ? hintColumns + 2 : 0))
        var shown = Substring(editor.text)
        while TextWidth.columns(of: String(shown)) > room, !shown.isEmpty { shown.removeFirst() }
        let written = canvas.write(
            String(shown), x: x, y: rect.y, style: stage.style(.foreground, .bold), maxWidth: room)
        canvas.put(" ", x: x + written, y: rect.y, style: stage.style(.foreground, .reverse))
    }

    private static func health(_ stage: Stage<some Screen>) -> [Segment] {
        if case .replaying(let path) = stage.snapshot.recording {
            return [Segment("a recording: \(Harmless.text(path, limit: 200))", role: .inactive, priority: 1)]
        }
        return stage.screen.health(stage) + [Segment(path(stage), role: .inactive, priority: 2)]
    }

    private static func path(_ stage: Stage<some Screen>) -> String {
        if case .running(let path, _) = stage.snapshot.recording {
            return "recording \(Harmless.text(path, limit: 200))"
        }
        return ""
    }

    private static func marks(_ stage: Stage<some Screen>) -> [Segment] {
        guard let mark = stage.snapshot.marks.last else { return [] }
        let at = Format.elapsed(max(0, mark.at - stage.snapshot.session.started.moment))
        return [Segment("marked \(at) \(Harmless.text(mark.note, limit: 60))", role: .inactive, priority: 1)]
    }
}

/// A word to the user that goes away by itself.
struct Notice: Hashable, Sendable {
    static let lifetime: Nanoseconds = 5 * .second
    static let errorLifetime: Nanoseconds = 12 * .second

    var text: String
    var isError: Bool
    var until: Moment
}
