package import Canvas
package import Measure

/// What is shown, and what keys do. Lives on the UI thread only, and must never wait for anything there.
package protocol TerminalApplication {
    mutating func handle(_ input: TerminalInput, now: Moment) -> TerminalVerdict

    /// The screen at `size`; nil when nothing has changed since the last frame.
    ///
    /// Not asked for while an earlier frame is still on its way to a slow terminal, so what has changed has
    /// to be remembered until it is asked for. After `resized`, `resumed` and `redrawAll`, nil keeps the
    /// last frame, which is then painted again.
    mutating func frame(size: TerminalSize, now: Moment) -> Canvas?
}
