import GRDB
package import Measure

/// The finished requests of a recording, read a page at a time: memory doesn't grow with the recording.
package struct RequestStream {
    static let pageLength = 512

    private let reader: RecordingReader
    /// Backwards, so that the next one is the last; nil for a row that makes no sense.
    private var page: [RequestRecord?] = []
    private var batch: Int64 = 0
    private var position: Int64 = -1
    private var unreadable = false
    private var count = 0

    init(_ reader: RecordingReader) { self.reader = reader }

    /// nil at the end; after a damaged row, which it throws, it may be asked for the one behind.
    ///
    /// - Throws: what can't be read.
    package mutating func next() throws(RecordingError) -> RequestRecord? {
        if page.isEmpty, !unreadable {
            do {
                try fetch()
            } catch {
                unreadable = true
                throw error
            }
        }
        guard let record = page.popLast() else { return nil }
        guard let record else { throw damaged }
        count += 1
        return record
    }

    private mutating func fetch() throws(RecordingError) {
        var (batch, position) = (batch, position)
        var records: [RequestRecord?] = []
        try reader.read("request \(count)") { db in
            let rows = try Row.fetchCursor(
                try db.cachedStatement(sql: Self.sql(format: reader.format)),
                arguments: [batch, position, Self.pageLength])
            while let row = try rows.next() {
                var cells = RowCells(row)
                guard let rowBatch = cells.integer(), let rowPosition = cells.integer(),
                    (rowBatch, rowPosition) > (batch, position)
                else { throw SenselessRow() }
                (batch, position) = (rowBatch, rowPosition)
                records.append(RequestRow.record(from: row))
            }
        }
        (self.batch, self.position) = (batch, position)
        page = records.reversed()
    }

    private var damaged: RecordingError {
        .damaged(
            path: reader.path, place: "request \(count)",
            salvaged: "\(count) requests could be read before it")
    }

    private static func sql(format: Int) -> String {
        """
        SELECT \(RequestRow.select(format: format)) FROM requests WHERE (batch, position) > (?, ?)
        ORDER BY batch, position LIMIT ?
        """
    }
}
