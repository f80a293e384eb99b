import Glibc
import Synchronization
import System

/// Where a recording is written: which of the files there are ours, and what they replace.
///
/// Only files that this program made are ever removed, however they are called.
final class RecordingPlace {
    let path: String
    private let identity: FileIdentity?
    /// There was an empty file, which stays whatever happens.
    private let wasThere: Bool
    private var replaced: SetAside?
    private var log: [String: FileIdentity] = [:]

    /// SQLite's companions of a database.
    static let suffixes = ["-wal", "-shm", "-journal"]

    /// The recordings that this process is writing. (Closing any descriptor of such a file would let go of
    /// SQLite's locks on it.)
    private static let running = Mutex<Set<FileIdentity>>([])

    static func isBeingWritten(_ path: String) -> Bool {
        guard let target = realpath(path, nil) else { return false }
        defer { free(target) }
        guard let identity = FileIdentity(of: String(cString: target)) else { return false }
        return running.withLock { $0.contains(identity) }
    }

    init(_ path: String, force: Bool) throws(RecordingError) {
        self.path = path
        var replaced: SetAside?
        do throws(OutputError) {
            let isThere = try OutputFile.isThere(path)
            if force {
                replaced = try SetAside([path] + Self.suffixes.map { path + $0 })
            } else {
                guard !isThere || Self.isEmpty(path) else {
                    throw OutputError(path: path, reason: "", exists: true)
                }
                // SQLite would take it for this file's, and delete it.
                for suffix in Self.suffixes where FileIdentity(of: path + suffix) != nil {
                    throw OutputError(path: path, reason: "there is a \(path)\(suffix) already")
                }
            }
            wasThere = isThere && !force
            let descriptor = try wasThere ? Self.openEmpty(path) : OutputFile.create(path)
            identity = FileIdentity(descriptor: descriptor)
            _ = close(descriptor)
        } catch {
            replaced?.restore()
            throw error.exists ? .exists(path: path) : .cannotCreate(path: path, reason: error.reason)
        }
        self.replaced = replaced
        if let identity { Self.running.withLock { _ = $0.insert(identity) } }
    }

    deinit { stopped() }

    /// SQLite has made its companions: those that are there now are ours.
    func noteLog() {
        for suffix in Self.suffixes { log[suffix] = FileIdentity(of: path + suffix) }
    }

    var isOurs: Bool { identity != nil && FileIdentity(of: path) == identity }

    func keep() {
        replaced?.remove()
        replaced = nil
    }

    /// As it was before.
    func giveBack() {
        stopped()
        for (suffix, identity) in log where FileIdentity(of: path + suffix) == identity {
            unlink(path + suffix)
        }
        if isOurs {
            if wasThere { truncate(path, 0) } else { unlink(path) }
        }
        replaced?.restore()
        replaced = nil
    }

    /// The database is closed.
    func stopped() {
        if let identity { Self.running.withLock { _ = $0.remove(identity) } }
    }

    private static func isEmpty(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_size == 0
    }

    /// As `mktemp` leaves it. It becomes the owner's alone.
    private static func openEmpty(_ path: String) throws(OutputError) -> Int32 {
        let descriptor = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw OutputError(path: path, reason: SystemError.last.reason) }
        guard fchmod(descriptor, 0o600) == 0 else {
            let code = errno
            close(descriptor)
            throw OutputError(path: path, reason: SystemError(code).reason)
        }
        return descriptor
    }
}
