/// Whoever watches a sweep on somebody's behalf: a screen, or a line a level on standard error.
protocol SessionWatcher: Sendable {
    /// Watches until the sweep is over; steers it meanwhile if asked to.
    func watch(until sweeping: Task<Void, any Error>) async throws -> SessionEnding
}

/// Why the watching ended.
enum SessionEnding: Hashable, Sendable {
    /// The sweep is over.
    case done
    /// Somebody pressed q.
    case quit
    case signal(Int32)
    case terminalGone
}
