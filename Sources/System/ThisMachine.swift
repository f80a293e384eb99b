import Glibc

/// The machine that the program runs on.
package enum ThisMachine {
    /// As it is called in its network; "?" where it has no name.
    package static var name: String {
        var name = [CChar](repeating: 0, count: 256)
        return gethostname(&name, name.count - 1) == 0 ? String(zeroTerminated: name) : "?"
    }

    /// Processors that are switched on.
    package static var processors: Int { sysconf(Int32(_SC_NPROCESSORS_ONLN)) }
}
