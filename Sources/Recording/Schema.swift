import GRDB
import Measure

/// The recording's file format: an SQLite database, in WAL mode while it is being written and a plain
/// single file once it was closed.
///
/// - `application_id` tells it from other programs' databases, `user_version` is the format's number.
/// - `session`: one row. `info` is the whole `SessionInfo` as JSON, the rest is for people with a `sqlite3`
///   prompt. `ended` is null while the session runs, or when the program was killed. `lost_*` count what a
///   full disk swallowed.
/// - `batches`, `events`, `levels` share one sequence, `seq`, from 1: their union in that order is what the
///   collector took in, and so what a replay feeds it.
/// - `batches.data`: token arrivals, lags and activity of one `SampleBatch`; `BatchEncoder` describes it.
/// - `requests`: a batch's finished requests, in order of `position`. Columns that end in `_unix` are
///   nanoseconds since 1970; all other times are nanoseconds of the monotonic clock.
/// - `levels`: the first columns of `levels.csv` (`LevelCells`), and the whole `LevelResult` as JSON.
/// - `marks` and `endpoints` repeat what events say, for people.
enum Schema {
    /// "PLMS".
    static let applicationID: Int32 = 0x504C_4D53
    static let version: Int32 = 1

    static func create(in db: Database) throws {
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
                    \(LevelCells.columns.map { "\"\($0)\"" }.joined(separator: ", "))
                );
                CREATE TABLE requests (
                    batch INTEGER NOT NULL,
                    position INTEGER NOT NULL,
                    \(RequestRow.columns.joined(separator: ", ")),
                    PRIMARY KEY (batch, position)
                ) WITHOUT ROWID;
                PRAGMA application_id = \(applicationID);
                PRAGMA user_version = \(version);
                """)
    }
}
