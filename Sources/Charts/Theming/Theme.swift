/// The colours of the screen, read from btop's `.theme` format.
public struct Theme: Hashable, Sendable {
    public let name: String
    let paints: [String: ThemePaint]
    let gradients: [ThemeGradient: [ThemePaint]]

    /// The colour for `role`; `.terminal` when the theme leaves it to the terminal.
    public func color(_ role: ThemeRole) -> Color { paint(role).color }

    /// The colour and the attributes for `role`, on the background that is already there. Roles that say
    /// how something stands (`bad`, `selectedForeground`) carry attributes too, so that hue alone tells
    /// nothing.
    public func style(_ role: ThemeRole) -> Style {
        let paint = paint(role)
        return Style(paint.color, on: .terminal, paint.attributes)
    }

    /// The selected row: `selected_fg` on `selected_bg`, reversed in themes that have no such background.
    public var selection: Style {
        let foreground = paint(.selectedForeground)
        let background = color(.selectedBackground)
        return Style(
            foreground.color, on: background,
            background == .terminal ? foreground.attributes.union(.reverse) : foreground.attributes)
    }

    /// One of the gradient's 101 steps; `fraction` is clamped to 0…1, NaN counts as 0.
    public func gradient(_ gradient: ThemeGradient, at fraction: Double) -> Color { .terminal }

    func paint(_ role: ThemeRole) -> ThemePaint { ThemePaint(color: .terminal) }

    /// Reads a `.theme` file's text.
    public init(parsing text: String, name: String) throws(ThemeError) {
        self.name = name
        paints = [:]
        gradients = [:]
    }

    /// As a terminal of `depth` colours can show it: in `mono` everything is told by attributes.
    public func adapted(to depth: ColorDepth) -> Theme { self }

    /// Those that the program brings along; the default first.
    public static var builtIn: [Theme] { [standard] }

    /// The default.
    public static var standard: Theme { Theme(name: "plimsoll", paints: [:], gradients: [:]) }

    init(name: String, paints: [String: ThemePaint], gradients: [ThemeGradient: [ThemePaint]]) {
        self.name = name
        self.paints = paints
        self.gradients = gradients
    }
}
