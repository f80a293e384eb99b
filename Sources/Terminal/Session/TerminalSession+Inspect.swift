import CNcurses
package import Canvas
import Glibc

extension TerminalSession {
    /// What the environment's terminal can do, without touching it.
    ///
    /// Takes over the user's locale for the whole process (numbers excepted), as ncurses wants it. A TERM
    /// that isn't in the database is taken for xterm-256color, with a warning. `forcedColorDepth` can only
    /// take colours away.
    ///
    /// - Throws: why there can be no screen on it.
    package static func inspect(
        environment: [String: String] = processEnvironment, forcedColorDepth: ColorDepth? = nil
    ) throws(TerminalError) -> TerminalTraits {
        guard isatty(STDOUT_FILENO) == 1 else { throw .notATerminal(stream: "standard output") }
        guard isatty(STDIN_FILENO) == 1 else { throw .notATerminal(stream: "standard input") }
        let (term, colors) = try terminfo(for: environment["TERM"] ?? "") { name in
            var colors: Int32 = 0
            return (cn_inspect(name, &colors), Int(colors))
        }
        let found = ColorDepth(colors: colors)
        let named = environment["TERM"] ?? ""
        return TerminalTraits(
            term: term,
            colorDepth: forcedColorDepth.map { min($0, found) } ?? found,
            isUTF8: takeLocale(environment),
            warning: term == named ? nil : "TERM=\(printable(named)) is unknown here: taken for \(term)")
    }

    /// Which entry to use, and how many colours it has. `look` answers 1 for fit, 0 for unfit and -1 for
    /// unknown.
    static func terminfo(
        for named: String, look: (String) -> (fitness: Int32, colors: Int)
    ) throws(TerminalError) -> (term: String, colors: Int) {
        guard !named.isEmpty else { throw .termUnset }
        guard named != "dumb", named != "unknown" else { throw .unfit(term: named) }
        for name in [named, "xterm-256color", "xterm"] {
            let answer = look(name)
            if answer.fitness == 1 { return (name, answer.colors) }
            if answer.fitness == 0 { throw .unfit(term: printable(name)) }
        }
        throw .noDatabase(term: printable(named))
    }

    /// This process's environment.
    package static var processEnvironment: [String: String] {
        var result: [String: String] = [:]
        for name in ["TERM", "LC_ALL", "LC_CTYPE", "LANG"] {
            if let value = getenv(name) { result[name] = String(cString: value) }
        }
        return result
    }

    private static func takeLocale(_ environment: [String: String]) -> Bool {
        // The first of these that isn't empty counts, as setlocale has it.
        let wanted = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        let upper = (wanted ?? "").uppercased()
        let wantsUTF8 = upper.hasSuffix("UTF-8") || upper.hasSuffix("UTF8")
        guard let codeset = cn_take_locale(wantsUTF8 ? 1 : 0) else { return false }
        return String(cString: codeset) == "UTF-8"
    }

    private static func printable(_ text: String) -> String {
        String(text.unicodeScalars.prefix(40).map { (0x21..<0x7F).contains($0.value) ? Character($0) : "?" })
    }
}

extension ColorDepth {
    /// From terminfo's `colors`.
    init(colors: Int) {
        self =
            switch colors {
            case ..<8: .mono
            case ..<16: .ansi8
            case ..<256: .ansi16
            case ..<(1 << 24): .ansi256
            default: .trueColor
            }
    }
}

private func min(_ left: ColorDepth, _ right: ColorDepth) -> ColorDepth {
    let order = ColorDepth.allCases
    let at = (order.firstIndex(of: left) ?? 0, order.firstIndex(of: right) ?? 0)
    return at.0 < at.1 ? left : right
}
