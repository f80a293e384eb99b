import System

/// `/proc/PID/status`.
enum ProcFile {
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
