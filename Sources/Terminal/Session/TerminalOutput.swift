/// What a session has cost its line.
public struct TerminalOutput: Hashable, Sendable {
    /// Frames drawn.
    public var frames = 0
    /// Times a frame had to wait, because the terminal hadn't taken the last one yet.
    public var waits = 0
    /// Bytes that the terminal has taken, setting up and putting back included.
    public var bytes = 0
    /// Bytes that it hadn't taken when we left: where there are any, printing to it would block.
    public var unsent = 0

    public init() {}
}
