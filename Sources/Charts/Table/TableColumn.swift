/// A column of a `TextTable`.
public struct TableColumn: Hashable, Sendable {
    public enum Alignment: Hashable, Sendable { case left, right, center }

    public var title: String
    public var alignment: Alignment
    /// Columns with the smallest priority are dropped first when the table is too narrow; of equal ones the
    /// rightmost.
    public var priority: Int
    /// Never narrower than this, so that figures that change don't move the columns.
    public var minWidth: Int
    /// Longer text is cut; nil: as wide as its widest cell.
    public var maxWidth: Int?

    public init(
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
