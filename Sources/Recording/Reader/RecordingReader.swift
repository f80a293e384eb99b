import CRecording
import GRDB
package import Measure

/// Reads a recording: a finished one, one whose program was killed, or one that is still being written.
/// Nothing is ever written to it. Whatever is in the file, reading ends in a value or a `RecordingError`.
package final class RecordingReader: Sendable {
    package let path: String
    package let format: Int
    package let session: SessionInfo
    private let database: DatabaseQueue
    /// By a running session.
    package let isBeingWritten: Bool
    /// It was copied without its log, which has the end of it.
    private let lacksLog: Bool

    /// What no query in a sound file comes near: in all, some seconds.
    static let mostSteps: Int64 = 400_000_000

    private init(
        path: String, format: Int, session: SessionInfo, database: DatabaseQueue, access: RecordingAccess
    ) {
        self.path = path
        self.format = format
        self.session = session
        self.database = database
        isBeingWritten = access == .shared
        lacksLog = access == .withoutLog
    }

    /// What is known to be missing behind the last entry.
    var missingEnd: RecordingError? {
        guard lacksLog else { return nil }
        do throws(RecordingError) { if try ended != nil { return nil } } catch { return nil }
        return .damaged(
            path: path,
            place:
                "its end: it was not closed, and \(path)-wal, which has the last seconds, is not beside it",
            salvaged: nil)
    }

    /// When the session ended; nil while it runs, or when its program was killed.
    package var ended: Moment? {
        get throws(RecordingError) {
            let row = try row("SELECT ended FROM session LIMIT 1", "the session")
            var cells = RowCells(row)
            return cells.moment()
        }
    }

    /// What a full disk swallowed while this was recorded.
    package var losses: RecordingLosses {
        get throws(RecordingError) {
            let columns = "lost_arrivals, lost_requests, lost_others" + (format >= 2 ? ", lost_readings" : "")
            let row = try row("SELECT \(columns) FROM session LIMIT 1", "the session")
            var cells = RowCells(row)
            func count(_ value: Int?) -> Int { Plausible.amount(value) ? max(0, value ?? 0) : 0 }
            return RecordingLosses(
                arrivals: count(cells.int()), requests: count(cells.int()), others: count(cells.int()),
                readings: count(cells.int()))
        }
    }

    /// In the order of the command line.
    package var endpoints: [EndpointInfo] {
        get throws(RecordingError) {
            try readAll("SELECT id, info FROM endpoints ORDER BY id", "the endpoints") { cells in
                try RecordingJSON.decode(EndpointInfo.self, from: cells.text() ?? "").harmless
            }
        }
    }

    /// The servers of a watch, in the order in which they joined.
    package var servers: [WatchedServer] {
        get throws(RecordingError) {
            let joins = "SELECT seq, event FROM events WHERE event LIKE '{\"sourceJoined\"%' ORDER BY seq"
            let all = try readAll(joins, "the servers") { cells -> WatchedServer? in
                guard
                    case .sourceJoined(let info, _)? = try RecordedEvent(from: cells.text() ?? "").known?
                        .harmless,
                    case .server(let server)? = info.role
                else { return nil }
                return server
            }
            return all.enumerated().filter { place, server in all.firstIndex(of: server) == place }
                .map(\.element)
        }
    }

    /// Final levels, in the order in which they ended.
    package var levels: [LevelResult] {
        get throws(RecordingError) {
            let (levels, damage) = readableLevels()
            if let damage { throw damage }
            return levels
        }
    }

    package var marks: [Mark] {
        get throws(RecordingError) {
            let span = Plausible.span(of: session)
            return try readAll("SELECT seq, at_unix, note FROM marks ORDER BY seq", "the marks") { cells in
                guard let unix = cells.integer(), Plausible.calendar(unix), let note = cells.text() else {
                    throw SenselessRow()
                }
                let at = session.started.moment + (unix - session.started.unixNanoseconds)
                guard span.contains(at) else { throw SenselessRow() }
                return Mark(at: at, note: Plausible.text(note))
            }
        }
    }

    /// The levels up to the first that can't be read, and what is wrong with that.
    package func readableLevels() -> (levels: [LevelResult], damage: RecordingError?) {
        var levels: [LevelResult] = []
        do throws(RecordingError) {
            try forEach("SELECT seq, result FROM levels ORDER BY seq", "level \(levels.count)") { cells in
                guard levels.count < Plausible.mostLevels else { throw SenselessRow() }
                levels.append(try level(cells.text()))
            }
            return (levels, nil)
        } catch {
            guard case .damaged(let path, _, _) = error else { return (levels, error) }
            return (
                levels,
                .damaged(
                    path: path, place: "level \(levels.count)",
                    salvaged: "\(levels.count) levels could be read")
            )
        }
    }

    /// All finished requests, in the order in which batches brought them.
    package func requests() -> RequestStream { RequestStream(self) }

    /// Everything that the collector took in, in that order. In a running recording, `next` may be asked
    /// again after it returned nil.
    package func entries() -> EntryStream { EntryStream(self) }

    func level(_ text: String?) throws -> LevelResult {
        let result = try RecordingJSON.decode(LevelResult.self, from: text ?? "")
        guard result.isPlausible(in: Plausible.span(of: session)) else { throw SenselessRow() }
        return result
    }
}

/// Well-formed, and yet no session can have had it.
struct SenselessRow: Error {}

extension RecordingReader {
    /// Refuses what is no recording, and what a newer program recorded. Never writes anything, neither into the
    /// file nor beside it.
    ///
    /// - Parameter prices: they stand over those that were recorded.
    /// - Throws: why it can't be read, in one line for the user.
    package static func open(path: String, prices: Prices? = nil) throws(RecordingError) -> RecordingReader {
        let access = try RecordingAccess(to: path)
        let database: DatabaseQueue
        let format: Int
        do {
            database = try access.open(absolute(path))
            format = try database.read { db in
                crecording_allow_steps(RecordingReader.mostSteps)
                return try KnownShape.check(db)
            }
        } catch let error as KnownShape.Foreign {
            throw .notARecording(path: path, reason: error.reason)
        } catch {
            throw failure(error, path)
        }
        var session = try session(in: database, path)
        if let prices, var plan = session.plan {
            plan.prices = prices.over(plan.prices)
            session.plan = plan
        }
        return RecordingReader(
            path: path, format: format, session: session, database: database,
            access: access)
    }

    private static func session(
        in database: DatabaseQueue, _ path: String
    ) throws(RecordingError) -> SessionInfo {
        do {
            let row = try database.read { db in
                crecording_allow_steps(RecordingReader.mostSteps)
                return try Row.fetchOne(db, sql: "SELECT info FROM session LIMIT 1")
            }
            guard let row else { throw SenselessRow() }
            var cells = RowCells(row)
            var session = try RecordingJSON.decode(SessionInfo.self, from: cells.text() ?? "")
            guard session.isPlausible else { throw SenselessRow() }
            session.plan = session.plan ?? session.planOfOptions
            return session.harmless
        } catch {
            throw failure(error, path)
        }
    }

    private static func failure(_ error: any Error, _ path: String) -> RecordingError {
        guard let error = error as? DatabaseError, !isDamage(error) else {
            return .damaged(path: path, place: "its beginning", salvaged: "nothing could be read")
        }
        return .cannotRead(path: path, reason: plainReason(error))
    }
}

extension RecordingReader {
    /// Runs `body` in a short read transaction: a long one would keep a running recorder from folding its
    /// log into the file.
    func read<T>(_ place: @autoclosure () -> String, _ body: (Database) throws -> T) throws(RecordingError)
        -> T
    {
        do {
            return try database.read { db in
                crecording_allow_steps(RecordingReader.mostSteps)
                return try body(db)
            }
        } catch {
            throw failure(error, place: place())
        }
    }

    func failure(_ error: any Error, place: String) -> RecordingError {
        if let error = error as? RecordingError { return error }
        guard error is DatabaseError, !isDamage(error) else {
            return .damaged(path: path, place: place, salvaged: nil)
        }
        return .cannotRead(path: path, reason: plainReason(error))
    }

    func row(_ sql: String, _ place: String) throws(RecordingError) -> Row {
        let row = try read(place) { db in try Row.fetchOne(db, sql: sql) }
        guard let row else { throw .damaged(path: path, place: place, salvaged: nil) }
        return row
    }

    /// All rows of a query whose first column is a key in ascending order: a damaged file may hold the same page a
    /// million times.
    func forEach(
        _ sql: String, _ place: String, _ body: (inout RowCells) throws -> Void
    ) throws(RecordingError) {
        try read(place) { db in
            let rows = try Row.fetchCursor(db, sql: sql)
            var last: Int64?
            while let row = try rows.next() {
                var cells = RowCells(row)
                guard let key = cells.integer(), last.map({ key > $0 }) ?? true else { throw SenselessRow() }
                last = key
                try body(&cells)
            }
        }
    }

    /// As `forEach`.
    func readAll<T>(
        _ sql: String, _ place: String, _ body: (inout RowCells) throws -> T?
    ) throws(RecordingError) -> [T] {
        var all: [T] = []
        try forEach(sql, place) { cells in
            if let one = try body(&cells) { all.append(one) }
        }
        return all
    }
}
