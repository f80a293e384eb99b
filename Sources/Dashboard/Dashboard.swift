import Canvas
import Charts
import Measure

/// The screen and its keys: snapshots and key presses in, cells and wishes out. It knows no terminal and
/// no clock.
///
/// Numbers are those of the snapshot that it's given; charts and their axes are held still for half a
/// second, because scrolling is what costs on a slow line, and what makes a screen restless.
public struct Dashboard: Sendable {
    let themes: [Theme]
    let glyphs: GlyphSet
    let mode: Mode
    let band: ReferenceBand?
    let keys = KeyTable.standard
    var selectedTheme: Int
    var view = ViewState()
    /// What is looked at while the view stands still.
    var frozen: Snapshot?
    var memory = ChartMemory()
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
    static let chartInterval: Nanoseconds = 500 * .millisecond

    /// - Parameters:
    ///   - themes: what `t` goes through; the default one when empty.
    ///   - selectedTheme: an index into `themes`.
    ///   - band: what to hold TTFT and the speed a user sees against.
    public init(
        themes: [Theme], selectedTheme: Int = 0, glyphs: GlyphSet, mode: Mode, band: ReferenceBand? = nil
    ) {
        self.band = band
        self.themes = themes.isEmpty ? [.standard] : themes
        self.selectedTheme = self.themes.indices.contains(selectedTheme) ? selectedTheme : 0
        self.glyphs = glyphs
        self.mode = mode
    }

    public var isFrozen: Bool { frozen != nil }

    /// The theme in use.
    public var theme: Theme { themes[selectedTheme] }

    /// A line above the footer that goes away after some seconds, later for errors.
    public mutating func notify(_ text: String, now: Moment, isError: Bool = false) {
        let lifetime = isError ? Notice.errorLifetime : Notice.lifetime
        view.notice = Notice(text: text, isError: isError, until: now + lifetime)
    }
}
