import Glibc
import System

/// The one way in which plimsoll makes files: new ones, the owner's alone whatever the umask, never through a
/// link, and never in the place of anything but a regular file, which is replaced only on demand.
package enum OutputFile {
    private static let mode: mode_t = 0o600

    /// What can be known without making anything: whether `path` may be written.
    ///
    /// - Throws: why it may not.
    package static func check(_ path: String, force: Bool) throws(OutputError) {
        if try isThere(path) {
            guard force else {
                throw OutputError(path: path, reason: "it exists; --force replaces it", exists: true)
            }
            return
        }
        let folder = OutputFolder.above(path)
        var status = stat()
        guard stat(folder, &status) == 0, access(folder, W_OK | X_OK) == 0 else {
            throw OutputError(path: path, reason: SystemError.last.reason)
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw OutputError(path: path, reason: SystemError(ENOTDIR).reason)
        }
    }

    /// Whether nothing at all is there, not even a link that leads nowhere.
    package static func isFree(_ path: String) -> Bool { FileIdentity(of: path) == nil }

    /// Whether a regular file is there; what else is there can't be replaced by anybody's wish.
    static func isThere(_ path: String) throws(OutputError) -> Bool {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            let code = errno
            guard code == ENOENT else { throw OutputError(path: path, reason: SystemError(code).reason) }
            return false
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return true
        case S_IFDIR: throw OutputError(path: path, reason: "it is a directory")
        case S_IFLNK: throw OutputError(path: path, reason: "it is a link: give the file itself")
        default: throw OutputError(path: path, reason: "it is not a regular file")
        }
    }

    /// A new file, open for writing.
    static func create(_ path: String) throws(OutputError) -> Int32 {
        let descriptor = open(path, O_CREAT | O_EXCL | O_NOFOLLOW | O_RDWR | O_CLOEXEC, mode)
        guard descriptor >= 0 else {
            let code = errno
            throw OutputError(path: path, reason: SystemError(code).reason, exists: code == EEXIST)
        }
        // A umask can take away even what the owner needs.
        _ = fchmod(descriptor, mode)
        return descriptor
    }

    /// A regular file that is there, empty now, open for writing and private.
    static func empty(_ path: String) throws(OutputError) -> Int32 {
        let descriptor = open(path, O_WRONLY | O_TRUNC | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw OutputError(path: path, reason: SystemError.last.reason) }
        _ = fchmod(descriptor, mode)
        return descriptor
    }

    /// All of it, or nothing.
    ///
    /// - Throws: why it could not be written; then what was there is there still.
    package static func write(_ text: String, to path: String, force: Bool) throws(OutputError) {
        try write([(path, text)], force: force)
    }

    /// The same for several that belong together.
    package static func write(_ texts: [(path: String, text: String)], force: Bool) throws(OutputError) {
        var files: [StagedFile] = []
        for (path, text) in texts {
            let file = try StagedFile(path, force: force)
            try file.write(Array(text.utf8)[...])
            try file.finish()
            files.append(file)
        }
        try StagedFile.publish(files)
    }
}
