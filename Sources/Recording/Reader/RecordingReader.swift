import GRDB
package import Measure

/// Reads a recording: a finished one, one whose program was killed, or one that is still being written.
/// Nothing is ever written to it. Whatever is in the file, reading ends in a value or a `RecordingError`.
package final class RecordingReader: Sendable {
    package let path: String
    package let format: Int
    package let session: SessionInfo
    let database: DatabaseQueue
    /// It was copied without its log, which has the end of it.
    private let lacksLog: Bool

    /// What no query in a sound file comes near: in all, some seconds.
    static let mostSteps: Int64 = 400_000_000

    init(path: String, format: Int, session: SessionInfo, database: DatabaseQueue, lacksLog: Bool) {
        self.path = path
        self.format = format
        self.session = session
        self.database = database
        self.lacksLog = lacksLog
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
                    throw Nonsense()
                }
                let at = session.started.moment + (unix - session.started.unixNanoseconds)
                guard span.contains(at) else { throw Nonsense() }
                return Mark(at: at, note: Plausible.text(note))
            }
        }
    }

    /// The levels up to the first that can't be read, and what is wrong with that.
    package func readableLevels() -> (levels: [LevelResult], damage: RecordingError?) {
        var levels: [LevelResult] = []
        do throws(RecordingError) {
            try forEach("SELECT seq, result FROM levels ORDER BY seq", "level \(levels.count)") { cells in
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
        guard result.isPlausible(in: Plausible.span(of: session)) else { throw Nonsense() }
        return result
    }
}

/// Well-formed, and yet no session can have had it.
struct Nonsense: Error {}
