import CRecording
import GRDB
import Measure

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
                guard let key = cells.integer(), last.map({ key > $0 }) ?? true else { throw Nonsense() }
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
