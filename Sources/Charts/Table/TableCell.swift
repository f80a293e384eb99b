package import Canvas

/// One cell of a `TextTable`.
package struct TableCell: Hashable, Sendable, ExpressibleByStringLiteral {
    package var text: String
    /// nil: the theme's ordinary text.
    package var role: ThemeRole?
    package var attributes: Style.Attributes

    package init(_ text: String, role: ThemeRole? = nil, attributes: Style.Attributes = []) {
        self.text = text
        self.role = role
        self.attributes = attributes
    }

    package init(stringLiteral value: String) { self.init(value) }
}
