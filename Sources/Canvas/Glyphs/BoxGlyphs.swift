/// Box-drawing characters.
package struct BoxGlyphs: Hashable, Sendable {
    package let horizontal: Unicode.Scalar
    package let vertical: Unicode.Scalar
    package let topLeft: Unicode.Scalar
    package let topRight: Unicode.Scalar
    package let bottomLeft: Unicode.Scalar
    package let bottomRight: Unicode.Scalar
    /// A tick on a horizontal axis, pointing down; one on a vertical axis, pointing left.
    package let tickDown: Unicode.Scalar
    package let tickLeft: Unicode.Scalar
    /// The corner of two axes.
    package let origin: Unicode.Scalar

    static let rounded = BoxGlyphs(
        horizontal: "─", vertical: "│", topLeft: "╭", topRight: "╮", bottomLeft: "╰", bottomRight: "╯",
        tickDown: "┬", tickLeft: "┤", origin: "└")
    static let ascii = BoxGlyphs(
        horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+",
        tickDown: "+", tickLeft: "+", origin: "+")
}
