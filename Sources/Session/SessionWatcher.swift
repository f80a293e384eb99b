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
    /// There is nobody to print to: it hung up, or it takes nothing any more and printing would block.
    case terminalGone(signal: Int32?)
}

extension SessionEnding {
    var canPrint: Bool {
        if case .terminalGone = self { false } else { true }
    }

    /// The signal that ended it, for the exit code.
    var signal: Int32? {
        switch self {
        case .done, .quit: nil
        case .signal(let number): number
        case .terminalGone(let number): number
        }
    }
}
