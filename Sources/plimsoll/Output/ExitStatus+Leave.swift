import Session

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

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
