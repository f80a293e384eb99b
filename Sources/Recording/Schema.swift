import GRDB
import Measure

/// The recording's file format: an SQLite database, in WAL mode while it is being written and a plain
/// single file once it was closed.
///
/// - `application_id` tells it from other programs' databases, `user_version` is the format's number.
/// - `session`: one row. `info` is the whole `SessionInfo` as JSON, the rest is for people with a `sqlite3`
///   prompt. `ended` is null while the session runs, or when the program was killed. `lost_*` count what a
///   full disk swallowed.
/// - `batches`, `events`, `readings`, `levels` share one sequence, `seq`, from 1: their union in that order is what
///   the collector took in, and so what a replay feeds it. All figures and flags can be computed from it again.
/// - `batches.data`: token arrivals, lags, activity and vitals of one `SampleBatch`; `BatchEncoder` describes it.
/// - `events.event`: a `ControlEvent` as JSON. A reader passes over events of kinds that it doesn't know.
/// - `requests`: a batch's finished requests, in order of `position`. Columns that end in `_unix` are
///   nanoseconds since 1970; all other times are nanoseconds of the monotonic clock.
/// - `readings.data`: what changed since the source's reading before; `ReadingEncoder` describes it. `series` names
///   the series, once.
/// - `levels`: columns of `levels.csv` (`LevelCells`), and the whole `LevelResult` as JSON.
/// - `key_frames`: a cache, so that a replay can jump; empty so far. Each has a version of its own, and one of
///   another version is passed over: whatever is here can be computed again.
/// - `marks` and `endpoints` repeat what events say.
///
/// A format never changes: what a later one needs is a migration behind the others. New files are made by all of
/// them, and an old file is never migrated: opening one writes nothing.
enum Schema {
    /// "PLMS".
    static let applicationID: Int32 = 0x504C_4D53
    /// The newest format: what is written.
    static let version: Int32 = 2

    /// For new files, and only those.
    static func create(in database: any DatabaseWriter, format: Int = Int(version)) throws {
        var migrator = DatabaseMigrator()
        for (index, make) in [format1, format2].enumerated().prefix(format) {
            migrator.registerMigration("format \(index + 1)") { db in
                try make(db)
                try db.execute(sql: "PRAGMA user_version = \(index + 1)")
            }
        }
        try migrator.migrate(database)
    }

    private static func format1(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE session (
                    id INTEGER PRIMARY KEY CHECK (id = 1),
                    info TEXT NOT NULL,
                    started_unix INTEGER NOT NULL,
                    version TEXT NOT NULL,
                    command TEXT NOT NULL,
                    host TEXT NOT NULL,
                    ended INTEGER,
                    lost_arrivals INTEGER NOT NULL DEFAULT 0,
                    lost_requests INTEGER NOT NULL DEFAULT 0,
                    lost_others INTEGER NOT NULL DEFAULT 0
                );
                CREATE TABLE endpoints (
                    id INTEGER PRIMARY KEY,
                    url TEXT NOT NULL,
                    model TEXT NOT NULL,
                    server TEXT,
                    info TEXT NOT NULL
                );
                CREATE TABLE batches (seq INTEGER PRIMARY KEY, data BLOB NOT NULL);
                CREATE TABLE events (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, event TEXT NOT NULL);
                CREATE TABLE marks (seq INTEGER PRIMARY KEY, at_unix INTEGER NOT NULL, note TEXT NOT NULL);
                CREATE TABLE levels (
                    seq INTEGER PRIMARY KEY,
                    result TEXT NOT NULL,
                    \(LevelCells.format1.map { "\"\($0)\"" }.joined(separator: ", "))
                );
                CREATE TABLE requests (
                    batch INTEGER NOT NULL,
                    position INTEGER NOT NULL,
                    \(RequestRow.format1.joined(separator: ", ")),
                    PRIMARY KEY (batch, position)
                ) WITHOUT ROWID;
                PRAGMA application_id = \(applicationID);
                """)
    }

    private static func format2(_ db: Database) throws {
        let levels = LevelCells.addedByFormat2.map { "ALTER TABLE levels ADD COLUMN \"\($0)\";" }
        let requests = RequestRow.addedByFormat2.map { "ALTER TABLE requests ADD COLUMN \($0);" }
        try db.execute(
            sql: """
                \((levels + requests).joined(separator: "\n"))
                ALTER TABLE session ADD COLUMN lost_readings INTEGER NOT NULL DEFAULT 0;
                CREATE TABLE series (
                    source INTEGER NOT NULL,
                    number INTEGER NOT NULL,
                    name TEXT NOT NULL,
                    PRIMARY KEY (source, number)
                ) WITHOUT ROWID;
                CREATE TABLE readings (
                    seq INTEGER PRIMARY KEY,
                    source INTEGER NOT NULL,
                    at INTEGER NOT NULL,
                    data BLOB NOT NULL
                );
                CREATE TABLE key_frames (
                    seq INTEGER PRIMARY KEY,
                    version INTEGER NOT NULL,
                    data BLOB NOT NULL
                );
                """)
    }
}
