/// A colour as a theme names it. The terminal decides how near it can come.
package enum Color: Hashable, Sendable {
    /// Whatever the terminal's own foreground or background is.
    case terminal
    /// One of the terminal's sixteen, as its user has set them.
    case ansi(UInt8)
    case rgb(UInt8, UInt8, UInt8)
}
