import Canvas

/// Asks the terminal for its background (OSC 11), so that no theme is shown that can't be read on it.
enum BackgroundQuery {
    static let bytes: [UInt8] = Array("\u{1B}]11;?\u{1B}\\".utf8)

    /// Terminals that answer, or are known to pass over what they don't know.
    static func isKnown(to term: String) -> Bool {
        [
            "xterm", "tmux", "screen", "rxvt", "alacritty", "foot", "kitty", "wezterm", "konsole", "vte",
            "st-",
            "iterm", "ghostty", "contour",
        ].contains { term.hasPrefix($0) }
    }

    /// What stands between `ESC ]` and the end of an answer: `11;rgb:1e1e/2020/2828`, with one to four hexadecimal
    /// digits each, or with `rgba:` and a fourth.
    static func color(in answer: [UInt8]) -> Color? {
        let parts = String(decoding: answer, as: UTF8.self).split(separator: ":", maxSplits: 1)
        guard parts.count == 2, parts[0] == "11;rgb" || parts[0] == "11;rgba" else { return nil }
        let channels = parts[1].split(separator: "/", omittingEmptySubsequences: false).map {
            digits -> UInt8? in
            guard (1...4).contains(digits.utf8.count), let value = UInt32(digits, radix: 16) else {
                return nil
            }
            let most = UInt32(1) << (4 * UInt32(digits.utf8.count)) - 1
            return UInt8(clamping: (value * 255 + most / 2) / most)
        }
        guard channels.count == (parts[0] == "11;rgb" ? 3 : 4), let red = channels[0],
            let green = channels[1],
            let blue = channels[2]
        else { return nil }
        return .rgb(red, green, blue)
    }
}
