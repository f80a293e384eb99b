import CRecording
import Glibc
import System

/// Files that are to be replaced, out of the way until it is certain that there is something better.
struct SetAside {
    private var moved: [(from: String, to: String)] = []

    /// Moves those of `paths` that are there; all or none.
    init(_ paths: [String]) throws(OutputError) {
        for path in paths {
            do throws(OutputError) {
                guard try OutputFile.isThere(path) else { continue }
                let name = path.split(separator: "/").last ?? ""
                let place = "\(OutputFolder.above(path))/.\(name).\(getpid()).replaced"
                guard crecording_rename_new(path, place) == 0 else {
                    throw OutputError(path: path, reason: SystemError.last.reason)
                }
                moved.append((path, place))
            } catch {
                restore()
                throw error
            }
        }
    }

    /// Back to their places, where these are free.
    mutating func restore() {
        for (from, to) in moved { _ = crecording_rename_new(to, from) }
        moved = []
    }

    mutating func remove() {
        for (_, to) in moved { unlink(to) }
        moved = []
    }
}
