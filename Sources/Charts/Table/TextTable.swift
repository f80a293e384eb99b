/// A header and rows of text, in columns that are dropped one by one when there's no room for them all.
public struct TextTable: Hashable, Sendable {
    public var columns: [TableColumn]
    /// Missing cells are blank, surplus ones are passed over.
    public var rows: [[TableCell]]
    public var selected: Int?
    /// The first row shown; moved as far as needed to keep the selected row in sight.
    public var offset: Int
    /// Shown in place of rows when there are none.
    public var emptyText: String

    public init(
        columns: [TableColumn], rows: [[TableCell]], selected: Int? = nil, offset: Int = 0,
        emptyText: String = ""
    ) {
        self.columns = columns
        self.rows = rows
        self.selected = selected
        self.offset = offset
        self.emptyText = emptyText
    }

    /// Draws it and returns which rows can be seen.
    @discardableResult
    public func draw(on canvas: inout Canvas, in rect: Rect, theme: Theme, glyphs: GlyphSet) -> Range<Int> {
        0..<0
    }
}
