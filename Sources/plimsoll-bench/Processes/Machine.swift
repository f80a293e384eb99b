#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Where the figures were taken.
enum Machine {
    static var described: String {
        let cores = sysconf(Int32(_SC_NPROCESSORS_ONLN))
        let processor =
            contents(ofFile: "/proc/cpuinfo")?.split(separator: "\n")
            .first { $0.hasPrefix("model name") }?.split(separator: ":").last
            .map { $0.drop { $0 == " " } } ?? "an unnamed processor"
        return "\(cores) × \(processor), Linux \(kernel), load before \(load)"
    }

    /// The load average over the last minute.
    static var load: String {
        contents(ofFile: "/proc/loadavg")?.split(separator: " ").first.map(String.init) ?? "?"
    }

    private static var kernel: String {
        contents(ofFile: "/proc/sys/kernel/osrelease")?.split(separator: "\n").first.map(String.init) ?? "?"
    }
}
