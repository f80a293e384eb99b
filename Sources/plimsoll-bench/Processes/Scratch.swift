import Glibc
import System

/// A folder for recordings, thrown away at the end.
struct Scratch {
    let path: String

    init() throws(BenchError) {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/plimsoll-bench-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw .system("a folder in \(parent)") }
        path = String(zeroTerminated: template)
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Empties the folder: recordings are large.
    func clear() {
        for name in names(in: path) {
            let inside = file(name)
            for deeper in names(in: inside) { unlink("\(inside)/\(deeper)") }
            if unlink(inside) != 0 { rmdir(inside) }
        }
    }

    func remove() {
        clear()
        rmdir(path)
    }

    private func names(in folder: String) -> [String] {
        PlainFile.names(in: folder).filter { $0 != "." && $0 != ".." }
    }
}
