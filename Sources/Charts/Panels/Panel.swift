/// A box with its title on the upper line.
public struct Panel: Hashable, Sendable {
    public var title: String
    /// On the upper line too, at the right; gives way first.
    public var rightTitle: String?
    /// The key that maximises it, 1 to 9.
    public var digit: Int?
    /// The colour of the frame.
    public var role: ThemeRole
    /// Drawn in the highlight colour with a bold title.
    public var isFocused: Bool

    public init(
        _ title: String, right rightTitle: String? = nil, digit: Int? = nil, role: ThemeRole = .divider,
        isFocused: Bool = false
    ) {
        self.title = title
        self.rightTitle = rightTitle
        self.digit = digit
        self.role = role
        self.isFocused = isFocused
    }

    /// Draws the frame and returns the room inside it, empty when `rect` is too small for any.
    @discardableResult
    public func draw(on canvas: inout Canvas, in rect: Rect, theme: Theme, glyphs: GlyphSet) -> Rect {
        rect.inset()
    }
}
