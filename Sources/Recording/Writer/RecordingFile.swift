import Foundation
import GRDB
import Glibc
import Measure

/// The database that one recorder writes: one transaction a call. Not for two threads at once.
final class RecordingFile {
    private let place: RecordingPlace
    private let database: DatabaseQueue
    private let anchor: WallAnchor
    private var state = State()

    /// What a rolled-back transaction must leave as it was.
    private struct State {
        var sequence: Int64 = 0
        var encoder = BatchEncoder()
        var readings = ReadingEncoder()
        var endpoints: [EndpointID: EndpointInfo] = [:]
    }

    /// Makes the file and its schema. A path where something is already is refused, unless that is empty.
    ///
    /// - Parameter force: a regular file there is replaced, once `keep` is called.
    init(path: String, session: SessionInfo, force: Bool = false) throws(RecordingError) {
        anchor = session.started
        let place = try RecordingPlace(path, force: force)
        self.place = place
        _ = RecordingAccess.takesURIs
        do {
            var configuration = Configuration()
            configuration.foreignKeysEnabled = false
            configuration.observesSuspensionNotifications = false
            configuration.busyMode = .timeout(2)
            // An absolute path: SQLite has its own ideas of ":memory:" and "".
            database = try DatabaseQueue(path: absolute(path), configuration: configuration)
            // The schema goes to the file itself, before there is a WAL: whoever finds the file alone still
            // sees what it is.
            try Schema.create(in: database)
            try database.write { db in try Self.insert(session, in: db) }
            try database.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
            }
            place.noteLog()
        } catch {
            place.noteLog()
            place.giveBack()
            throw .cannotCreate(path: path, reason: plainReason(error))
        }
    }

    var path: String { place.path }

    /// False when the file was deleted, or another one stands in its place.
    var isInPlace: Bool { place.isOurs }

    /// It will stay: what it replaces is no longer needed.
    func keep() { place.keep() }

    /// Closes it and takes it away again; what was there before is there again.
    func discard() {
        try? database.close()
        place.giveBack()
    }

    /// The file and its log, in bytes.
    var bytes: Int {
        ["", "-wal"].reduce(0) { sum, suffix in
            var status = stat()
            return stat(path + suffix, &status) == 0 ? sum + Int(status.st_size) : sum
        }
    }

    /// All of it, or, when it throws, none of it.
    func write(_ items: [PendingSamples.Item], losses: RecordingLosses) throws {
        var state = state
        try database.write { db in
            for item in items { try write(item, in: db, &state) }
            if !losses.isEmpty {
                try db.execute(
                    sql: """
                        UPDATE session
                        SET lost_arrivals = ?, lost_requests = ?, lost_others = ?, lost_readings = ?
                        """,
                    arguments: [losses.arrivals, losses.requests, losses.others, losses.readings])
            }
        }
        self.state = state
    }

    /// Folds what the log has into the file, as far as readers allow, so that the file alone has all but the last
    /// seconds. Doesn't wait for anybody.
    func checkpoint() throws {
        try database.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA wal_checkpoint(PASSIVE)") }
    }

    /// Folds the log into the file, so that one plain file is left. Where somebody else reads it at this
    /// moment, the log stays beside it: that is a whole recording, too.
    func close() throws {
        try database.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            if isInPlace { try? db.execute(sql: "PRAGMA journal_mode = DELETE") }
        }
        try database.close()
        place.stopped()
        keep()
    }

    /// For tests: the file can't grow beyond this many pages, as on a full disk.
    func limit(pages: Int) throws {
        try database.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA max_page_count = \(pages)")
        }
    }

    private static func insert(_ session: SessionInfo, in db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO session (id, info, started_unix, version, command, host)
                VALUES (1, ?, ?, ?, ?, ?)
                """,
            arguments: [
                try RecordingJSON.encode(session), session.started.unixNanoseconds, session.version,
                session.command, session.host,
            ])
    }

    private func write(_ item: PendingSamples.Item, in db: Database, _ state: inout State) throws {
        state.sequence += 1
        switch item {
        case .batch(let batch, let hole):
            if hole { state.encoder.skipped() }
            try write(batch, sequence: state.sequence, in: db, &state.encoder)
        case .event(let event):
            try write(event, sequence: state.sequence, in: db, &state.endpoints)
        case .reading(let reading):
            try write(reading, sequence: state.sequence, in: db, &state.readings)
        case .result(let result):
            try write(result, sequence: state.sequence, in: db, state.endpoints[result.endpoint])
        }
    }

    private func write(
        _ batch: SampleBatch, sequence: Int64, in db: Database, _ encoder: inout BatchEncoder
    ) throws {
        try db.cachedStatement(sql: "INSERT INTO batches (seq, data) VALUES (?, ?)")
            .execute(arguments: [sequence, Data(encoder.encode(batch))])
        guard !batch.requests.isEmpty else { return }
        let statement = try db.cachedStatement(sql: RequestRow.insert)
        for (position, request) in batch.requests.enumerated() {
            try statement.execute(
                arguments: StatementArguments(
                    RequestRow.values(of: request, batch: sequence, position: position, anchor: anchor)))
        }
    }

    private func write(
        _ event: ControlEvent, sequence: Int64, in db: Database,
        _ endpoints: inout [EndpointID: EndpointInfo]
    ) throws {
        try db.cachedStatement(sql: "INSERT INTO events (seq, at, event) VALUES (?, ?, ?)")
            .execute(arguments: [sequence, event.at.nanoseconds, try RecordingJSON.encode(event)])
        switch event {
        case .endpointFound(let info, _):
            endpoints[info.id] = info
            try db.execute(
                sql: "INSERT OR REPLACE INTO endpoints (id, url, model, server, info) VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    Int64(info.id.index), info.url.text, info.model.text, info.server?.text,
                    try RecordingJSON.encode(info),
                ])
        case .marked(let note, let at):
            try db.execute(
                sql: "INSERT INTO marks (seq, at_unix, note) VALUES (?, ?, ?)",
                arguments: [sequence, anchor.unix(at), note])
        case .sessionEnded(let at):
            try db.execute(sql: "UPDATE session SET ended = ?", arguments: [at.nanoseconds])
        default: break
        }
    }

    private func write(
        _ reading: Reading, sequence: Int64, in db: Database, _ encoder: inout ReadingEncoder
    ) throws {
        let encoded = encoder.encode(reading)
        let source = Int64(reading.source.index)
        for (offset, name) in encoded.new.enumerated() {
            try db.cachedStatement(sql: "INSERT INTO series (source, number, name) VALUES (?, ?, ?)")
                .execute(arguments: [source, Int64(encoded.firstNew + offset), name.text])
        }
        try db.cachedStatement(sql: "INSERT INTO readings (seq, source, at, data) VALUES (?, ?, ?, ?)")
            .execute(arguments: [sequence, source, reading.at.nanoseconds, Data(encoded.data)])
    }

    private func write(
        _ result: LevelResult, sequence: Int64, in db: Database, _ endpoint: EndpointInfo?
    ) throws {
        let cells = LevelCells.values(of: result, endpoint: endpoint, anchor: anchor)
        let values: [(any DatabaseValueConvertible)?] =
            [sequence, try RecordingJSON.encode(result)]
            + cells.map { cell in
                switch cell {
                case .text(let text): text
                case .integer(let integer): integer
                case .number(let number): number.isFinite ? number : nil
                case .missing: nil
                }
            }
        try db.cachedStatement(sql: LevelCells.insert).execute(arguments: StatementArguments(values))
    }
}
