/// One place on the screen.
package struct Cell: Hashable, Sendable {
    package var scalar: Unicode.Scalar
    package var style: Style
    /// The right half of the double-width character to its left: nothing is drawn here.
    package var isContinuation: Bool

    package init(_ scalar: Unicode.Scalar, _ style: Style = .plain, isContinuation: Bool = false) {
        self.scalar = scalar
        self.style = style
        self.isContinuation = isContinuation
    }

    package static let blank = Cell(" ")
}
