package import Canvas

/// What reaches an application from outside.
package enum TerminalInput: Hashable, Sendable {
    /// A key; ^C, too, comes as `.control("c")`, however SIGINT was sent.
    case key(Key)
    case resized(TerminalSize)
    /// The terminal's background, where it says so: some time after the start, or never.
    case background(Color)
    /// Some time has passed: look whether there is anything new to show.
    case tick
    /// The process was stopped and goes on: nothing was measured or drawn in between.
    case resumed
}
