#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// One connection a user: the usual soft limit of 1,024 files is not enough for a thousand of them.
public enum FileDescriptorLimit {
    /// Raises the soft limit to the hard one. Returns what holds now.
    @discardableResult
    public static func raise() -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
        let wanted = rlimit(rlim_cur: limit.rlim_max, rlim_max: limit.rlim_max)
        var copy = wanted
        if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &copy) == 0 { limit = wanted }
        return Int(clamping: limit.rlim_cur)
    }
}
