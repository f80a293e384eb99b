import Canvas

/// The recent past of one figure, newest at the right. Zero is blank; "no data" is dotted.
public struct Sparkline: Hashable, Sendable {
    public enum Look: Hashable, Sendable { case filled, line }

    /// Oldest first; nil (and NaN) where nothing is known. In braille a column holds two.
    public var values: [Double?]
    /// What the full height stands for; nil: the largest value shown.
    public var maximum: Double?
    public var look: Look
    /// Colours the rows.
    public var gradient: ThemeGradient
    /// In place of the gradient.
    public var role: ThemeRole?

    public init(
        values: [Double?], maximum: Double? = nil, look: Look = .filled,
        gradient: ThemeGradient = .throughput, role: ThemeRole? = nil
    ) {
        self.values = values
        self.maximum = maximum
        self.look = look
        self.gradient = gradient
        self.role = role
    }

    /// How many values fit into `width` columns.
    public static func capacity(width: Int, glyphs: GlyphSet) -> Int {
        glyphs == .braille ? 2 * max(0, width) : max(0, width)
    }

}
