import GRDB
import Glibc
import Measure

extension RecordingReader {
    /// Refuses what is no recording, and what a newer program recorded.
    public static func open(path: String) throws(RecordingError) -> RecordingReader {
        try checkHeader(of: path)
        let database: DatabaseQueue
        do {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.foreignKeysEnabled = false
            configuration.busyMode = .timeout(2)
            database = try DatabaseQueue(path: absolute(path), configuration: configuration)
        } catch {
            throw failure(error, path)
        }
        return RecordingReader(path: path, session: try session(in: database, path), database: database)
    }

    /// By the bytes at the file's beginning, before SQLite sees any of it.
    /// (https://www.sqlite.org/fileformat.html, 1.3.)
    private static func checkHeader(of path: String) throws(RecordingError) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .cannotRead(path: path, reason: systemReason(errno)) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            let isDirectory = status.st_mode & S_IFMT == S_IFDIR
            throw .cannotRead(path: path, reason: isDirectory ? "it is a directory" : "it is not a file")
        }
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .cannotRead(path: path, reason: systemReason(errno)) }
        defer { Glibc.close(descriptor) }
        var header = [UInt8](repeating: 0, count: 100)
        let count = header.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
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
    }

    private static func session(
        in database: DatabaseQueue, _ path: String
    ) throws(RecordingError) -> SessionInfo {
        do {
            let row = try database.read { db in try Row.fetchOne(db, sql: "SELECT info FROM session") }
            guard let row else { throw Nonsense() }
            var cells = RowCells(row)
            var session = try RecordingJSON.decode(SessionInfo.self, from: cells.text() ?? "")
            guard session.isPlausible else { throw Nonsense() }
            session.plan = session.plan ?? session.planOfOptions
            return session
        } catch {
            throw failure(error, path)
        }
    }

    private static func failure(_ error: any Error, _ path: String) -> RecordingError {
        guard let error = error as? DatabaseError, !isDamage(error) else {
            return .damaged(path: path, place: "its beginning", salvaged: "nothing could be read")
        }
        if error.resultCode == .SQLITE_CANTOPEN || error.resultCode == .SQLITE_READONLY {
            // Its program was killed, and SQLite needs to make an index of the log beside the file.
            return .cannotRead(
                path: path,
                reason:
                    "it was not closed, and its directory can't be written: copy it and its -wal elsewhere")
        }
        return .cannotRead(path: path, reason: plainReason(error))
    }
}
