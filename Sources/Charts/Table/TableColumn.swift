/// A column of a `TextTable`.
package struct TableColumn: Hashable, Sendable {
    package enum Alignment: Hashable, Sendable { case left, right, center }

    package var title: String
    package var alignment: Alignment
    /// Columns with the smallest priority are dropped first when the table is too narrow; of equal ones the
    /// rightmost.
    package var priority: Int
    /// Never narrower than this, so that figures that change don't move the columns.
    package var minWidth: Int
    /// Longer text is cut; nil: as wide as its widest cell.
    package var maxWidth: Int?

    package init(
        _ title: String, alignment: Alignment = .right, priority: Int = 0, minWidth: Int = 0,
        maxWidth: Int? = nil
    ) {
        self.title = title
        self.alignment = alignment
        self.priority = priority
        self.minWidth = minWidth
        self.maxWidth = maxWidth
    }
}
