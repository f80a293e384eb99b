import Glibc
import Session
import System

extension ExitStatus {
    /// Ends the program. Output that was lost on the way is said, and counts.
    static func leave(_ status: ExitStatus) -> Never {
        if let reason = StandardStreams.lostOutput() {
            StandardStreams.complain("standard output can't be written: \(reason)")
            exit(max(status, .fileUnusable).code)
        }
        exit(status.code)
    }
}

extension StopSignals: StopRequests {
    /// The second one ends the program at once.
    convenience init() { self.init { ExitStatus.leave(.signal($0)) } }
}
