/// What one session is: written first into its recording, and all that a replay needs to begin.
public struct SessionInfo: Hashable, Sendable, Codable {
    public var started: WallAnchor
    /// plimsoll's own version.
    public var version: String
    /// "sweep" or "demo".
    public var command: String
    /// The options that shaped the load, as one would type them. Never a secret.
    public var options: [String: String]
    public var seed: UInt64
    public var host: String

    public init(
        started: WallAnchor, version: String, command: String, options: [String: String], seed: UInt64,
        host: String
    ) {
        self.started = started
        self.version = version
        self.command = command
        self.options = options
        self.seed = seed
        self.host = host
    }
}
