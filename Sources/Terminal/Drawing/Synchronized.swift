/// Synchronized output (DEC private mode 2026): what is between is shown at once.
enum Synchronized {
    static let begin: [UInt8] = Array("\u{1B}[?2026h".utf8)
    static let end: [UInt8] = Array("\u{1B}[?2026l".utf8)

    /// Terminals that either know it or are known to pass over private modes that they don't know.
    static func isKnown(to term: String) -> Bool {
        ["xterm-", "tmux", "alacritty", "foot", "kitty", "wezterm"].contains { term.hasPrefix($0) }
    }
}
