import Glibc
import System

/// `/proc/PID`.
enum ProcFile {
    /// CPU time that it has used, in seconds, over all threads; nil once it has ended.
    static func cpuSeconds(of pid: Int32) -> Double? {
        // Behind the name, which may have spaces in it: user and system time are the 12th and the 13th.
        guard let stat = PlainFile.text(of: "/proc/\(pid)/stat"), let end = stat.lastIndex(of: ")") else {
            return nil
        }
        let fields = stat[stat.index(after: end)...].split(separator: " ")
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else {
            return nil
        }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    static func kilobytes(_ field: String, of pid: Int32) -> Int? {
        guard let status = PlainFile.text(of: "/proc/\(pid)/status") else { return nil }
        for line in status.split(separator: "\n") where line.hasPrefix(field + ":") {
            return line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap {
                Int($0)
            }
        }
        return nil
    }
}
