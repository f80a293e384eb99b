/// Box-drawing characters.
public struct BoxGlyphs: Hashable, Sendable {
    public let horizontal: Unicode.Scalar
    public let vertical: Unicode.Scalar
    public let topLeft: Unicode.Scalar
    public let topRight: Unicode.Scalar
    public let bottomLeft: Unicode.Scalar
    public let bottomRight: Unicode.Scalar
    /// A tick on a horizontal axis, pointing down; one on a vertical axis, pointing left.
    public let tickDown: Unicode.Scalar
    public let tickLeft: Unicode.Scalar
    /// The corner of two axes.
    public let origin: Unicode.Scalar

    static let rounded = BoxGlyphs(
        horizontal: "─", vertical: "│", topLeft: "╭", topRight: "╮", bottomLeft: "╰", bottomRight: "╯",
        tickDown: "┬", tickLeft: "┤", origin: "└")
    static let ascii = BoxGlyphs(
        horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+",
        tickDown: "+", tickLeft: "+", origin: "+")
}
