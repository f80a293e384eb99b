/// The characters that charts are made of.
package enum GlyphSet: String, Hashable, Sendable, CaseIterable {
    /// 2×4 dots a cell; needs UTF-8 and a font with braille.
    case braille
    /// Eighth blocks and box lines; needs UTF-8.
    case block
    /// Nothing above 0x7E.
    case ascii
}
