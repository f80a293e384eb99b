import Canvas
import Measure

/// What all screens share, around one of them: themes, freezing, prompts, help, the choice of an endpoint.
struct Shell<S: Screen>: Sendable {
    var screen: S
    let themes: [Theme]
    let glyphs: GlyphSet
    var selectedTheme: Int
    /// What the terminal's background is, as far as it has said it.
    var terminal: Theme.Ground?
    private let first: Theme.Ground?
    /// How many marks there are when the one that was made last is kept.
    var awaitedMarks: Int?
    var view = ViewState()
    /// What is looked at while the view stands still.
    var frozen: Snapshot?
    var held: Held?
    /// The first snapshot after all was over: what only goes on because time does is taken from it.
    var ending: Snapshot?
    /// The size that was drawn last: keys need it to know how far the help scrolls.
    var size = (width: 80, height: 24)

    /// The snapshot that the charts show, and since when.
    struct Held: Sendable {
        var snapshot: Snapshot
        var since: Moment
    }

    /// - Parameters:
    ///   - themes: what `t` goes through; the default one when empty.
    ///   - selectedTheme: an index into `themes`.
    init(_ screen: S, themes: [Theme], selectedTheme: Int, glyphs: GlyphSet) {
        self.screen = screen
        self.themes = themes.isEmpty ? [.standard] : themes
        self.selectedTheme = self.themes.indices.contains(selectedTheme) ? selectedTheme : 0
        self.glyphs = glyphs
        first = self.themes[self.selectedTheme].ground
    }

    var isFrozen: Bool { frozen != nil }

    /// The theme in use; on a background of its own where the terminal's isn't what it's made for.
    var theme: Theme {
        let theme = themes[selectedTheme]
        return terminal.map(theme.suits) ?? true ? theme : theme.painted
    }

    /// Not those that can't be read on the terminal's background: where it hasn't said what that is, it's taken to be
    /// what the first theme is made for.
    mutating func nextTheme() {
        let ground = terminal ?? first
        for _ in themes {
            selectedTheme = (selectedTheme + 1) % themes.count
            if ground.map(themes[selectedTheme].suits) ?? true { return }
        }
    }

    mutating func notify(_ text: String, now: Moment, isError: Bool = false) {
        let lifetime = isError ? Notice.errorLifetime : Notice.lifetime
        view.notice = Notice(text: text, isError: isError, until: now + lifetime)
    }
}

extension Shell {
    mutating func draw(_ snapshot: Snapshot, width: Int, height: Int, now: Moment) -> Canvas {
        var canvas = Canvas(width: width, height: height, theme: theme, glyphs: glyphs)
        size = (canvas.width, canvas.height)
        tell(snapshot, now: now)
        screen.prepare(frozen ?? snapshot)
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
            held.map {
                now - $0.since < S.chartInterval && now >= $0.since && $0.snapshot.isOver == snapshot.isOver
                    && screen.isOfOne($0.snapshot, snapshot)
            } ?? false
        if !isFresh { held = Held(snapshot: snapshot, since: now) }
        return Stage(
            screen: screen, snapshot: snapshot, charts: held?.snapshot ?? snapshot,
            rows: screen.rows(snapshot), view: view,
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

/// Below this nothing can be shown but that it's too small.
enum SmallestScreen {
    static let width = 40
    static let height = 10

    static func fits(width: Int, height: Int) -> Bool { width >= self.width && height >= self.height }
}
