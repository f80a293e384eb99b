import Canvas
import Measure

extension Shell {
    mutating func draw(_ snapshot: Snapshot, width: Int, height: Int, now: Moment) -> Canvas {
        var canvas = Canvas(width: width, height: height, theme: theme, glyphs: glyphs)
        size = (canvas.width, canvas.height)
        tell(snapshot, now: now)
        if SmallestScreen.fits(width: width, height: height) {
            let stage = stage(frozen ?? settled(snapshot), now: now)
            draw(stage, on: &canvas)
        } else {
            drawTooSmall(on: &canvas)
        }
        canvas.fold()
        return canvas
    }

    /// What was asked for, when it has come about.
    private mutating func tell(_ snapshot: Snapshot, now: Moment) {
        if let outcome = screen.outcome(in: snapshot, at: now) {
            notify(outcome.text, now: now, isError: outcome.isError)
        }
        if let awaitedMarks, snapshot.marks.count >= awaitedMarks, let mark = snapshot.marks.last {
            self.awaitedMarks = nil
            notify(mark.note.isEmpty ? "marked" : "marked: \(mark.note)", now: now)
        }
    }

    /// When all is over the clock stands, and the last minutes stay those of the sweep: nothing is drawn anew.
    private mutating func settled(_ snapshot: Snapshot) -> Snapshot {
        guard snapshot.isOver else {
            ending = nil
            return snapshot
        }
        guard let ending, ending.endpoints.count == snapshot.endpoints.count, ending.at <= snapshot.at else {
            ending = snapshot
            return snapshot
        }
        var settled = snapshot
        settled.at = ending.at
        settled.lag = ending.lag
        for index in settled.endpoints.indices {
            settled.endpoints[index].history = ending.endpoints[index].history
        }
        return settled
    }

    mutating func stage(_ snapshot: Snapshot, now: Moment) -> Stage<S> {
        let isFresh =
            held.map { now - $0.since < Self.chartInterval && now >= $0.since && $0.isOfOne(with: snapshot) }
            ?? false
        if !isFresh { held = Held(snapshot: snapshot, since: now) }
        return Stage(
            screen: screen, snapshot: snapshot, charts: held?.snapshot ?? snapshot, view: view,
            isFrozen: isFrozen, theme: theme, glyphs: glyphs, now: now,
            panels: screen.layout(size, snapshot, maximised: view.maximised))
    }

    private mutating func draw(_ stage: Stage<S>, on canvas: inout Canvas) {
        let panels = stage.panels
        if let rect = panels[.status] { StatusPanel.draw(stage, on: &canvas, in: rect) }
        if let page = view.help {
            HelpPanel.draw(page, stage, on: &canvas, in: Self.helpRect(canvas.bounds))
        } else {
            screen.draw(stage, on: &canvas)
            if let rect = panels[.verdict] { VerdictLine.draw(stage, on: &canvas, in: rect) }
            if let rect = panels[.message] { MessagePanel.draw(stage, on: &canvas, in: rect) }
        }
        if let rect = panels[.footer] { FooterPanel.draw(stage, on: &canvas, in: rect) }
    }

    /// All between the status line and the footer.
    static func helpRect(_ bounds: Rect) -> Rect {
        Rect(x: 0, y: 1, width: bounds.width, height: bounds.height - 2)
    }

    private func drawTooSmall(on canvas: inout Canvas) {
        let need = "\(SmallestScreen.width)×\(SmallestScreen.height)"
        let texts = [
            "plimsoll needs \(need), this is \(canvas.width)×\(canvas.height): q quits",
            "needs \(need), q quits",
            need,
        ]
        let text = texts.first { TextWidth.columns(of: $0) <= canvas.width } ?? need
        canvas.write(text, x: 0, y: 0, style: canvas.theme.style(.warn), maxWidth: canvas.width)
    }
}
