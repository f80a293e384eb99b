package import Canvas
package import Measure

/// The screen and its keys: snapshots and key presses in, cells and wishes out. It knows no terminal and no
/// clock. The `Screen` for one kind of session, with the `Shell` around it.
///
/// Numbers are those of the snapshot that it's given; charts and their axes are held still for half a
/// second, because scrolling is what costs on a slow line, and what makes a screen restless.
package struct Dashboard: Sendable {
    var around: any ShellAround

    /// - Parameters:
    ///   - themes: what `t` goes through; the default one when empty.
    ///   - selectedTheme: an index into `themes`.
    ///   - band: what to hold TTFT and the speed a user sees against.
    package init(
        themes: [Theme], selectedTheme: Int = 0, glyphs: GlyphSet, mode: Mode, band: ReferenceBand? = nil
    ) {
        func shell(_ screen: some Screen) -> any ShellAround {
            Shell(screen, themes: themes, selectedTheme: selectedTheme, glyphs: glyphs)
        }
        around =
            switch mode {
            case .sweep, .replay: shell(SweepScreen(mode: mode, band: band))
            case .watch, .watchReplay: shell(WatchScreen(isReplay: mode.isReplay))
            }
    }

    /// One key press. It may change the view, and may ask for something outside.
    ///
    /// - Parameter snapshot: the newest one, even while the view is frozen: steering is about what runs now.
    package mutating func handle(_ key: Key, snapshot: Snapshot, now: Moment) -> [DashboardAction] {
        around.handle(key, snapshot: snapshot, now: now)
    }

    /// The screen at `now`. Mutating only to hold charts and axes still.
    package mutating func draw(_ snapshot: Snapshot, width: Int, height: Int, now: Moment) -> Canvas {
        around.draw(snapshot, width: width, height: height, now: now)
    }

    /// What the terminal says of its own background: themes that can't be read on it are passed over, and the one
    /// that was asked for is drawn on a background of its own.
    package mutating func terminalBackground(_ color: Color) { around.terminal = Theme.Ground(of: color) }

    /// A line above the footer that goes away after some seconds, later for errors.
    package mutating func notify(_ text: String, now: Moment, isError: Bool = false) {
        around.notify(text, now: now, isError: isError)
    }
}

/// A shell, whatever screen is in it.
protocol ShellAround: Sendable {
    var terminal: Theme.Ground? { get set }

    mutating func handle(_ key: Key, snapshot: Snapshot, now: Moment) -> [DashboardAction]
    mutating func draw(_ snapshot: Snapshot, width: Int, height: Int, now: Moment) -> Canvas
    mutating func notify(_ text: String, now: Moment, isError: Bool)
}

extension Shell: ShellAround {}
