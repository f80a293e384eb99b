import Glibc
import System

/// How the program ends; the numbers are fixed, because scripts use them.
enum ExitStatus: Hashable, Comparable {
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

    var code: Int32 {
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

    /// Ends the program. Output that was lost on the way is said, and counts.
    static func leave(_ status: ExitStatus) -> Never {
        if let reason = StandardStreams.lostOutput() {
            StandardStreams.complain("standard output can't be written: \(reason)")
            exit(max(status, .fileUnusable).code)
        }
        exit(status.code)
    }
}

/// The one line that says why a command could not do what it was asked, and the exit code for it.
struct CommandFailure: Error {
    var message: String
    var status: ExitStatus

    init(_ message: String, _ status: ExitStatus) {
        self.message = message
        self.status = status
    }
}

extension StopSignals {
    /// The second one ends the program at once.
    convenience init() { self.init { ExitStatus.leave(.signal($0)) } }
}
