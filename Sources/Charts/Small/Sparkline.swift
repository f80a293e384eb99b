package import Canvas

/// The recent past of one figure, newest at the right. Zero is blank; "no data" is dotted.
package struct Sparkline: Hashable, Sendable {
    package enum Look: Hashable, Sendable { case filled, line }

    /// Oldest first; nil (and NaN) where nothing is known. In braille a column holds two.
    package var values: [Double?]
    /// What the full height stands for; nil: the largest value shown.
    package var maximum: Double?
    package var look: Look
    /// Colours the rows.
    package var gradient: ThemeGradient
    /// In place of the gradient.
    package var role: ThemeRole?

    package init(
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
    package static func capacity(width: Int, glyphs: GlyphSet) -> Int {
        glyphs == .braille ? 2 * max(0, width) : max(0, width)
    }

}
