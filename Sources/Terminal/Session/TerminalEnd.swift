/// Why a session on the terminal ended.
package enum TerminalEnd: Hashable, Sendable {
    /// The application wanted to, or the task was cancelled.
    case left
    /// SIGTERM, SIGQUIT, or a SIGINT upon which the application left: the exit status is 128 + the number.
    case signal(Int32)
    /// SIGHUP, or the terminal is gone. From now on SIGHUP is ignored, so that work can go on without it.
    case hungUp
}
