import System

/// Where the figures were taken.
enum Machine {
    static var described: String {
        let processor =
            PlainFile.text(of: "/proc/cpuinfo")?.split(separator: "\n")
            .first { $0.hasPrefix("model name") }?.split(separator: ":").last
            .map { $0.drop { $0 == " " } } ?? "an unnamed processor"
        return "\(ThisMachine.processors) × \(processor), Linux \(kernel), load before \(load)"
    }

    /// The load average over the last minute.
    static var load: String {
        PlainFile.text(of: "/proc/loadavg")?.split(separator: " ").first.map(String.init) ?? "?"
    }

    private static var kernel: String {
        PlainFile.text(of: "/proc/sys/kernel/osrelease")?.split(separator: "\n").first.map(String.init) ?? "?"
    }
}
