import NIOCore
import NIOPosix

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// One connection a user: the usual soft limit of 1,024 files is not enough for a thousand of them.
package enum FileDescriptorLimit {
    /// With fewer not even the event loops can be made: they end the program.
    package static let least = 32

    /// For questions; each loop has three descriptors, and a machine may have a hundred processors.
    private static let mostLoops = 4

    /// Keeps the loops for questions few. Once, before anything is asked.
    package static func boundLoops() {
        NIOSingletons.groupLoopCountSuggestion = min(System.coreCount, mostLoops)
    }

    /// Raises the soft limit to the hard one. Returns what holds now.
    @discardableResult
    package static func raise() -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
        let wanted = rlimit(rlim_cur: limit.rlim_max, rlim_max: limit.rlim_max)
        var copy = wanted
        if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &copy) == 0 { limit = wanted }
        return Int(clamping: limit.rlim_cur)
    }
}
