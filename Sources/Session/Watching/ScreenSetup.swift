package import Canvas
package import Dashboard
package import Terminal

/// What the screen is to look like, on a terminal that has been found fit.
package struct ScreenSetup: Sendable {
    package let traits: TerminalTraits
    private let themes: [Theme]
    private let selectedTheme: Int
    private let glyphs: GlyphSet?
    private let bands: ReferenceBand?

    /// - Parameter glyphs: nil: what the terminal can show.
    package init(
        traits: TerminalTraits, themes: [Theme], selectedTheme: Int, glyphs: GlyphSet? = nil,
        bands: ReferenceBand? = nil
    ) {
        self.traits = traits
        self.themes = themes
        self.selectedTheme = selectedTheme
        self.glyphs = glyphs
        self.bands = bands
    }

    package func dashboard(mode: Mode) -> Dashboard {
        // Outside of a UTF-8 locale nothing but ASCII arrives whole.
        Dashboard(
            themes: themes.map { $0.adapted(to: traits.colorDepth) }, selectedTheme: selectedTheme,
            glyphs: traits.isUTF8 ? glyphs ?? traits.glyphs : .ascii, mode: mode, band: bands)
    }
}
