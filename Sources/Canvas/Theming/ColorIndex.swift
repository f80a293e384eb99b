/// A colour as a terminal of some depth takes it.
package enum ColorIndex: Hashable, Sendable {
    /// The terminal's own foreground or background: -1 to ncurses.
    case terminal
    /// A number in the 16 or 256 colour palette.
    case palette(UInt8)
    case rgb(UInt8, UInt8, UInt8)

    /// The number in the palette, -1 for the terminal's own; nil for a true colour.
    package var paletteNumber: Int? {
        switch self {
        case .terminal: -1
        case .palette(let number): Int(number)
        case .rgb: nil
        }
    }
}
