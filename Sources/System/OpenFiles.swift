import Glibc

/// How many files, connections among them, this process may have open.
package enum OpenFiles {
    /// Raises the soft limit to the hard one: the usual 1,024 are not enough for a thousand users. That it can't be
    /// raised is no error: it shows when descriptors run out.
    ///
    /// - Returns: what holds now.
    @discardableResult
    package static func raiseLimit() -> Int {
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return 1024 }
        var wanted = rlimit(rlim_cur: limit.rlim_max, rlim_max: limit.rlim_max)
        if setrlimit(resource, &wanted) == 0 { limit = wanted }
        return Int(clamping: limit.rlim_cur)
    }
}
