/// How the program ends; the numbers are fixed, because scripts use them.
package enum ExitStatus: Hashable, Comparable, Sendable {
    // From the mildest to what wins over all others.
    case done
    /// No verdict where one was asked for.
    case undecided
    /// The smallest load is too much, or too many requests failed.
    case broken
    /// An endpoint can't be reached, or answered nothing.
    case endpointUnusable
    /// A file or standard output can't be read or written.
    case fileUnusable
    case wrongUsage
    case signal(Int32)

    package var code: Int32 {
        switch self {
        case .done: 0
        case .broken: 1
        case .wrongUsage: 2
        case .endpointUnusable: 3
        case .fileUnusable: 4
        case .undecided: 5
        case .signal(let number): 128 + number
        }
    }
}

/// The one line that says why a command could not do what it was asked, and the exit code for it.
package struct CommandFailure: Error {
    package var message: String
    package var status: ExitStatus

    package init(_ message: String, _ status: ExitStatus) {
        self.message = message
        self.status = status
    }
}
