/// One place on the screen.
public struct Cell: Hashable, Sendable {
    public var scalar: Unicode.Scalar
    public var style: Style
    /// The right half of the double-width character to its left: nothing is drawn here.
    public var isContinuation: Bool

    public init(_ scalar: Unicode.Scalar, _ style: Style = .plain, isContinuation: Bool = false) {
        self.scalar = scalar
        self.style = style
        self.isContinuation = isContinuation
    }

    public static let blank = Cell(" ")
}
