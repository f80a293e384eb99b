/// Which answer a token is for: a connection of an event loop, and which of its answers.
struct StreamKey: Hashable, Sendable {
    var loop: Int32
    var connection: Int32
    /// Counts the connection's answers, and the users of its place in the table, so that a token that comes
    /// too late finds nobody.
    var epoch: UInt32
    /// Which of the server's engines works on it.
    var engine: Int32
}
