import CRecording
import GRDB
import Measure

extension RecordingReader {
    /// Refuses what is no recording, and what a newer program recorded. Never writes anything, neither into the
    /// file nor beside it.
    package static func open(path: String) throws(RecordingError) -> RecordingReader {
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
        return RecordingReader(
            path: path, format: format, session: try session(in: database, path), database: database,
            lacksLog: access == .withoutLog)
    }

    private static func session(
        in database: DatabaseQueue, _ path: String
    ) throws(RecordingError) -> SessionInfo {
        do {
            let row = try database.read { db in
                crecording_allow_steps(RecordingReader.mostSteps)
                return try Row.fetchOne(db, sql: "SELECT info FROM session LIMIT 1")
            }
            guard let row else { throw Nonsense() }
            var cells = RowCells(row)
            var session = try RecordingJSON.decode(SessionInfo.self, from: cells.text() ?? "")
            guard session.isPlausible else { throw Nonsense() }
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
