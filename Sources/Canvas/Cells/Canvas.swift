/// A screen that isn't one: a grid of cells into which everything is drawn, with the colours and the characters
/// that it's drawn with. Writing outside it does nothing.
package struct Canvas: Hashable, Sendable {
    package let width: Int
    package let height: Int
    package let theme: Theme
    package let glyphs: GlyphSet
    /// Row by row, `width × height`.
    public private(set) var cells: [Cell]

    /// Blank, on the theme's own background.
    package init(width: Int, height: Int, theme: Theme = .standard, glyphs: GlyphSet = .braille) {
        self.theme = theme
        self.glyphs = glyphs
        self.width = max(0, width)
        self.height = max(0, height)
        cells = Array(
            repeating: Cell(" ", Style(.terminal, on: theme.color(.background))),
            count: self.width * self.height)
    }

    package var bounds: Rect { Rect(x: 0, y: 0, width: width, height: height) }

    package subscript(x: Int, y: Int) -> Cell {
        get {
            guard x >= 0, x < width, y >= 0, y < height else { return .blank }
            return cells[y * width + x]
        }
        set {
            guard x >= 0, x < width, y >= 0, y < height else { return }
            cells[y * width + x] = newValue
        }
    }
}
