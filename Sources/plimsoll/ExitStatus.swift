#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How the program ends; the numbers are fixed, because scripts use them.
enum ExitStatus: Hashable {
    case done
    case budgetBroken
    case wrongUsage
    case endpointUnusable
    case cannotWrite
    case signal(Int32)

    var code: Int32 {
        switch self {
        case .done: 0
        case .budgetBroken: 1
        case .wrongUsage: 2
        case .endpointUnusable: 3
        case .cannotWrite: 4
        case .signal(let number): 128 + number
        }
    }

    static func leave(_ status: ExitStatus) -> Never { exit(status.code) }
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
