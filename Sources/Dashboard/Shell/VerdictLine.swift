import Canvas

/// The second line: the screen's answer; where there's no message line, what is urgent takes its place.
enum VerdictLine {
    static func draw(_ stage: Stage<some Screen>, on canvas: inout Canvas, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let inner = Rect(x: rect.x + 1, y: rect.y, width: rect.width - 2, height: 1)
        let urgent = stage.panels[.message] == nil ? stage.screen.urgentAlerts(stage) : nil
        stage.draw(
            urgent
                ?? SegmentLine(
                    left: stage.screen.verdict(stage), right: WallClock.segment(stage, in: .verdict), gap: 3),
            on: &canvas, in: inner)
    }
}
