import Canvas

/// One cell of a `TextTable`.
public struct TableCell: Hashable, Sendable, ExpressibleByStringLiteral {
    public var text: String
    /// nil: the theme's ordinary text.
    public var role: ThemeRole?
    public var attributes: Style.Attributes

    public init(_ text: String, role: ThemeRole? = nil, attributes: Style.Attributes = []) {
        self.text = text
        self.role = role
        self.attributes = attributes
    }

    public init(stringLiteral value: String) { self.init(value) }
}
