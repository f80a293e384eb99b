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

/// What an application wants after it has handled an input.
package enum TerminalVerdict: Hashable, Sendable {
    case goOn
    /// Paint every cell anew (^L): somebody else may have written on the screen.
    case redrawAll
    /// Put this on the terminal's clipboard.
    case copy(String)
    case leave
}

/// Why a session on the terminal ended.
package enum TerminalEnd: Hashable, Sendable {
    /// The application wanted to, or the task was cancelled.
    case left
    /// SIGTERM, SIGQUIT, or a SIGINT upon which the application left: the exit status is 128 + the number.
    case signal(Int32)
    /// SIGHUP, or the terminal is gone. From now on SIGHUP is ignored, so that work can go on without it.
    case hungUp
}

/// A terminal's size in cells; never under 1×1.
package struct TerminalSize: Hashable, Sendable {
    package var width: Int
    package var height: Int

    package init(width: Int, height: Int) {
        self.width = max(1, width)
        self.height = max(1, height)
    }
}

/// What a session has cost its line.
package struct TerminalOutput: Hashable, Sendable {
    /// Frames drawn.
    package var frames = 0
    /// Times a frame had to wait, because the terminal hadn't taken the last one yet.
    package var waits = 0
    /// Bytes that the terminal has taken, setting up and putting back included.
    package var bytes = 0
    /// Bytes that it hadn't taken when we left: where there are any, printing to it would block.
    package var unsent = 0

    package init() {}
}
