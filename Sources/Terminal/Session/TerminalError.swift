import System

/// Why there can be no screen.
package enum TerminalError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Standard input or output is a file or a pipe.
    case notATerminal(stream: String)
    case termUnset
    /// A terminal that can't place its cursor: `dumb`, or a printer.
    case unfit(term: String)
    /// Not even the commonest terminals are in the terminfo database.
    case noDatabase(term: String)
    /// The system refused something.
    case refused(what: String, errno: Int32)
    case alreadyRunning

    package var description: String {
        switch self {
        case .notATerminal(let stream):
            "\(stream) is not a terminal: start it in one, or use --headless"
        case .termUnset:
            "TERM is not set: try `TERM=xterm-256color plimsoll …`, or --headless"
        case .unfit(let term):
            "TERM=\(term) can't place its cursor: try `TERM=xterm-256color plimsoll …`, or --headless"
        case .noDatabase(let term):
            "TERM=\(term) is unknown here, and so is xterm-256color: install ncurses-base or set TERMINFO, "
                + "or use --headless"
        case .refused(let what, let errno):
            "\(what): \(SystemError(errno)); use --headless to go without a screen"
        case .alreadyRunning:
            "a screen is already up in this process: end it first"
        }
    }
}
