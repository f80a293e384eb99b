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
