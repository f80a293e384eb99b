import Canvas
import Measure

/// What all screens share, around one of them: themes, freezing, prompts, help, the choice of an endpoint.
struct Shell<S: Screen>: Sendable {
    var screen: S
    let themes: [Theme]
    let glyphs: GlyphSet
    var selectedTheme: Int
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
    }

    var isFrozen: Bool { frozen != nil }

    /// The theme in use.
    var theme: Theme { themes[selectedTheme] }

    mutating func notify(_ text: String, now: Moment, isError: Bool = false) {
        let lifetime = isError ? Notice.errorLifetime : Notice.lifetime
        view.notice = Notice(text: text, isError: isError, until: now + lifetime)
    }
}
