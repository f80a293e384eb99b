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

        /// Nothing has begun or ended since: else what is held would be of something else than the numbers beside it.
        func isOfOne(with newer: Snapshot) -> Bool {
            snapshot.isOver == newer.isOver && snapshot.endpoints.count == newer.endpoints.count
                && zip(snapshot.endpoints, newer.endpoints).allSatisfy { $0.stage == $1.stage }
        }
    }

    /// How long charts stay as they are, unless a key is pressed.
    static var chartInterval: Nanoseconds { 500 * .millisecond }

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
