import Glibc
import System

/// The programs that are measured.
struct Programs {
    let plimsoll: String
    let epoll: String
    /// Stands in for NVIDIA's library.
    let fakeNVML: String

    init(directory: String?) throws(BenchError) {
        let place = if let directory { directory } else { try Self.ownDirectory() }
        plimsoll = place + "/plimsoll"
        epoll = place + "/plimsoll-epoll"
        fakeNVML = place + "/libfake-nvml.so"
        for path in [plimsoll, epoll, fakeNVML] where access(path, X_OK) != 0 {
            throw BenchError("\(path) is not there; build it with: swift build -c release")
        }
    }

    private static func ownDirectory() throws(BenchError) -> String {
        var path = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        guard readlink("/proc/self/exe", &path, path.count - 1) > 0 else {
            throw .system("/proc/self/exe")
        }
        let whole = String(zeroTerminated: path)
        return whole.split(separator: "/").dropLast().map { "/" + $0 }.joined()
    }
}
