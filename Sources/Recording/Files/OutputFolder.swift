import Glibc
import System

/// Folders that plimsoll makes are the owner's alone, whatever the umask; those that are there stay as they are.
package enum OutputFolder {
    private static let mode: mode_t = 0o700

    /// Makes what is missing of it.
    ///
    /// - Throws: why it can't be made.
    package static func make(_ path: String) throws(OutputError) {
        guard try !isThere(path) else { return }
        let above = above(path)
        if above != path { try make(above) }
        _ = try makeNew(path)
    }

    /// False where something is already.
    static func makeNew(_ path: String) throws(OutputError) -> Bool {
        guard mkdir(path, mode) == 0 else {
            let code = errno
            guard code == EEXIST else { throw OutputError(path: path, reason: SystemError(code).reason) }
            return false
        }
        _ = chmod(path, mode)
        return true
    }

    /// `NAME`, or else `NAME-2`, `NAME-3` and so on: a folder that wasn't there.
    ///
    /// - Returns: the name that it got.
    /// - Throws: why it can't be made.
    package static func makeNumbered(_ name: String) throws(OutputError) -> String {
        for number in 1...9999 {
            let path = number == 1 ? name : "\(name)-\(number)"
            if try makeNew(path) { return path }
        }
        throw OutputError(path: name, reason: "there are 9999 of its name already")
    }

    /// For a folder that was made for nothing.
    package static func removeIfEmpty(_ path: String) { rmdir(path) }

    /// Whether files could be made in it, were it made; makes nothing.
    static func check(_ path: String) throws(OutputError) {
        var place = path
        while try !isThere(place), above(place) != place { place = above(place) }
        guard access(place, W_OK | X_OK) == 0 else {
            throw OutputError(path: path, reason: SystemError.last.reason)
        }
    }

    private static func isThere(_ path: String) throws(OutputError) -> Bool {
        var status = stat()
        guard stat(path.isEmpty ? "." : path, &status) == 0 else {
            let code = errno
            guard code == ENOENT else { throw OutputError(path: path, reason: SystemError(code).reason) }
            return false
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw OutputError(path: path, reason: "it is a file, not a directory")
        }
        return true
    }

    /// The folder that `path` lies in.
    static func above(_ path: String) -> String {
        var name = path[...]
        while name.count > 1, name.last == "/" { name = name.dropLast() }
        guard let slash = name.lastIndex(of: "/") else { return "." }
        return slash == name.startIndex ? "/" : String(name[..<slash])
    }
}
