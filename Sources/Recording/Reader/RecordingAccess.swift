import CRecording
import GRDB
import Glibc
import System

/// How a recording can be read without writing anything: SQLite makes an index beside a log that it finds, and
/// takes locks.
enum RecordingAccess: Hashable {
    /// It was closed: one plain file, which nobody changes any more.
    case closed
    /// It was not closed, and its log is gone: what was folded into the file is there.
    case withoutLog
    /// It was not closed, and nobody writes it any more: the log is read into an index of our own.
    case left
    /// Somebody is writing it: together with that program, which has made the index.
    case shared

    /// By the bytes at the file's beginning, before SQLite sees any of it, and by what stands beside it.
    /// (https://www.sqlite.org/fileformat.html, 1.3.)
    init(to path: String) throws(RecordingError) {
        if RecordingPlace.isBeingWritten(path) {
            self = .shared
            return
        }
        guard try Self.hasLog(path) else {
            self = .closed
            return
        }
        var log = stat()
        guard stat(path + "-wal", &log) == 0, log.st_size > 0 else {
            self = .withoutLog
            return
        }
        self = Self.isIndexed(path) ? .shared : .left
    }

    func open(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.foreignKeysEnabled = false
        configuration.busyMode = .timeout(2)
        configuration.prepareDatabase { [self] db in
            if let connection = db.sqliteConnection {
                crecording_allow_steps(RecordingReader.mostSteps)
                crecording_defend(connection)
                if self == .left { crecording_keep_log(connection) }
            }
            if self == .left { try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE") }
            try db.execute(sql: "PRAGMA mmap_size = 0")
        }
        _ = Self.takesURIs
        return try DatabaseQueue(path: name(of: path), configuration: configuration)
    }

    /// Before SQLite's first use, where it wasn't built so.
    static let takesURIs: Void = crecording_use_uris()

    private func name(of path: String) -> String {
        let options: String
        switch self {
        case .shared: return path
        case .closed, .withoutLog: options = "mode=ro&immutable=1"
        // No locks, and so no shared index: nobody else has it open.
        case .left: options = "mode=ro&vfs=unix-none"
        }
        var escaped = ""
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "%"), UInt8(ascii: "?"), UInt8(ascii: "#"), 0...0x20, 0x7F...:
                escaped += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            default: escaped.unicodeScalars.append(Unicode.Scalar(byte))
            }
        }
        return "file:\(escaped)?\(options)"
    }

    /// Whether the file says that there is, or was, a log beside it. Refuses what is no recording.
    private static func hasLog(_ path: String) throws(RecordingError) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .cannotRead(path: path, reason: SystemError.last.reason) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            let isDirectory = status.st_mode & S_IFMT == S_IFDIR
            throw .cannotRead(path: path, reason: isDirectory ? "it is a directory" : "it is not a file")
        }
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .cannotRead(path: path, reason: SystemError.last.reason) }
        defer { close(descriptor) }
        var header = [UInt8](repeating: 0, count: 100)
        let count = header.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        guard count > 0 else { throw .notARecording(path: path, reason: "it is empty") }
        guard header.starts(with: "SQLite format 3\0".utf8) else {
            throw .notARecording(path: path, reason: "it has another format")
        }
        guard count == header.count else {
            throw .damaged(path: path, place: "byte \(count), where it ends", salvaged: nil)
        }
        func word(_ offset: Int) -> Int {
            header[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
        }
        guard word(68) == Int(Schema.applicationID) else {
            throw .notARecording(path: path, reason: "it is another program's SQLite database")
        }
        let format = word(60)
        guard format <= Int(Schema.version) else {
            throw .tooNew(path: path, format: format, known: Int(Schema.version))
        }
        return header[19] == 2
    }

    /// Whether another process has it open: it holds a lock on the index then, at a place that is a part of
    /// SQLite's format. (https://www.sqlite.org/walformat.html, 2.3: UNIX_SHM_DMS.)
    private static func isIndexed(_ path: String) -> Bool {
        let descriptor = Glibc.open(path + "-shm", O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return crecording_is_locked(descriptor, 128) == 1
    }
}
