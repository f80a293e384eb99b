import Foundation
import GRDB
package import Measure

/// The entries of a recording, read a page at a time: memory doesn't grow with the recording.
///
/// After a damaged entry, which `next` throws, it may be asked for the one behind. Where the file itself
/// can't be read further, it throws once and then returns nil.
package struct EntryStream {
    static let pageLength = 64
    /// A page ends with the entry that brings it to this size.
    private static let pageBytes = 4 << 20

    /// Levels that were read. (They are what a damaged recording is most wanted for.)
    public private(set) var levelsRead = 0
    /// Finished requests that were read.
    public private(set) var requestsRead = 0

    private enum Kind: Int64 {
        case batch
        case event
        case result
        case reading
    }

    private struct Raw {
        var sequence: Int64
        var kind: Kind?
        var content: DatabaseValue.Storage
        /// Of a reading.
        var source: Int64?
        var at: Int64?
        var requests: [RequestRecord]
        /// A request's row made no sense.
        var damagedRequest = false
    }

    private let reader: RecordingReader
    private var decoder = BatchDecoder()
    private var readings = ReadingDecoder()
    /// The names of each source's series, as far as they were needed.
    private var series: [SourceID: [Shown]] = [:]
    /// Backwards, so that the next one is the last.
    private var page: [Raw] = []
    private var sequence: Int64 = 0
    private var unreadable = false
    /// It has been said what is missing at the end.
    private var endIsTold = false
    private let span: ClosedRange<Moment>

    init(_ reader: RecordingReader) {
        self.reader = reader
        span = Plausible.span(of: reader.session)
    }

    /// - Returns: the next one; nil at the end, which in a running recording is for now.
    /// - Throws: what can't be read. It may be asked for what is behind that.
    package mutating func next() throws(RecordingError) -> SessionEntry? {
        while true {
            if page.isEmpty { try fetch() }
            guard let raw = page.popLast() else {
                if !endIsTold, let missing = reader.missingEnd {
                    endIsTold = true
                    throw missing
                }
                return nil
            }
            do {
                if let entry = try entry(raw) { return entry }
            } catch {
                throw damaged("entry \(raw.sequence) (\(error.reason))")
            }
        }
    }

    /// nil for one that is passed over: a later program's event, or a reading behind one that was damaged.
    private mutating func entry(_ raw: Raw) throws(BatchDecoder.Malformed) -> SessionEntry? {
        switch (raw.kind, raw.content) {
        case (.batch, .blob(let data)):
            var batch = try decode(data)
            batch.requests = raw.requests
            decoder.finished(raw.requests)
            requestsRead += raw.requests.count
            if raw.damagedRequest || !batch.isPlausible(in: span) {
                throw BatchDecoder.Malformed(reason: "a request or a time makes no sense")
            }
            return .batch(batch)
        case (.event, .string(let text)):
            guard let event = try? RecordedEvent(from: text), event.known?.isPlausible(in: span) ?? true
            else {
                throw BatchDecoder.Malformed(reason: "the event makes no sense")
            }
            return event.known.map { .event($0.harmless) }
        case (.reading, .blob(let data)): return try reading(raw, data).map { .reading($0) }
        case (.result, .string(let text)):
            guard levelsRead < Plausible.mostLevels else {
                throw BatchDecoder.Malformed(reason: "more levels than a session has")
            }
            guard let result = try? reader.level(text) else {
                throw BatchDecoder.Malformed(reason: "the level makes no sense")
            }
            levelsRead += 1
            return .result(result)
        default:
            if raw.kind == .reading { readings.missed() }
            throw BatchDecoder.Malformed(reason: "it has another type than it should")
        }
    }

    private mutating func reading(_ raw: Raw, _ data: Data) throws(BatchDecoder.Malformed) -> Reading? {
        guard let index = raw.source.flatMap({ UInt16(exactly: $0) }),
            let at = raw.at.map({ Moment(nanoseconds: $0) }), span.contains(at)
        else {
            readings.missed()
            throw BatchDecoder.Malformed(reason: "the reading makes no sense")
        }
        let source = SourceID(Int(index))
        var decoder = readings
        readings = ReadingDecoder()
        defer { readings = decoder }
        let result: Result<[Double?]?, BatchDecoder.Malformed> = data.withUnsafeBytes { bytes in
            do throws(BatchDecoder.Malformed) {
                return .success(try decoder.decode(bytes, of: source))
            } catch {
                return .failure(error)
            }
        }
        guard let values = try result.get() else { return nil }
        return Reading(source: source, at: at, series: try names(values.count, of: source), values: values)
    }

    private mutating func names(
        _ count: Int, of source: SourceID
    ) throws(BatchDecoder.Malformed) -> [Shown] {
        let known = series[source] ?? []
        guard known.count < count else { return known.count == count ? known : Array(known.prefix(count)) }
        let more: [Shown]
        do throws(RecordingError) {
            more = try reader.readAll(
                """
                SELECT number, name FROM series
                WHERE source = \(source.index) AND number >= \(known.count) AND number < \(count) ORDER BY number
                """, "the series"
            ) { cells in cells.text().map { Shown(recorded: $0) } }
        } catch {
            throw BatchDecoder.Malformed(reason: "its series can't be read")
        }
        guard known.count + more.count == count else {
            throw BatchDecoder.Malformed(reason: "a series has no name")
        }
        series[source] = known + more
        return known + more
    }

    private mutating func decode(_ data: Data) throws(BatchDecoder.Malformed) -> SampleBatch {
        var decoder = decoder
        self.decoder = BatchDecoder()
        defer { self.decoder = decoder }
        let result: Result<SampleBatch, BatchDecoder.Malformed> = data.withUnsafeBytes { bytes in
            do throws(BatchDecoder.Malformed) {
                return .success(try decoder.decode(bytes))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private mutating func fetch() throws(RecordingError) {
        guard !unreadable else { return }
        do {
            page = try fetch(Self.pageLength)
        } catch {
            // Somewhere in this page: what comes before the damage is had one by one.
            do throws(RecordingError) {
                page = try fetch(1)
            } catch {
                unreadable = true
                if case .damaged = error { throw damaged("what follows entry \(sequence)") }
                throw error
            }
        }
        if let first = page.first { sequence = first.sequence }
    }

    private func fetch(_ limit: Int) throws(RecordingError) -> [Raw] {
        let after = sequence
        return try reader.read("entry \(after)") { db in
            var raws: [Raw] = []
            let rows = try Row.fetchCursor(
                try db.cachedStatement(sql: Self.entries(format: reader.format)),
                arguments: reader.format >= 2
                    ? [after, after, after, after, limit] : [after, after, after, limit])
            var last = after
            var bytes = 0
            while bytes < Self.pageBytes, let row = try rows.next() {
                guard case .int64(let sequence) = (row[0] as DatabaseValue).storage, sequence > last,
                    case .int64(let kind) = (row[1] as DatabaseValue).storage
                else { throw SenselessRow() }
                last = sequence
                let content = (row[2] as DatabaseValue).storage
                bytes += Self.size(of: content)
                raws.append(
                    Raw(
                        sequence: sequence, kind: Kind(rawValue: kind), content: content,
                        source: Self.integer(row, 3), at: Self.integer(row, 4), requests: []))
            }
            try Self.addRequests(to: &raws, after: after, format: reader.format, in: db)
            raws.reverse()
            return raws
        }
    }

    private static func integer(_ row: Row, _ index: Int) -> Int64? {
        guard case .int64(let value) = (row[index] as DatabaseValue).storage else { return nil }
        return value
    }

    private static func addRequests(
        to raws: inout [Raw], after: Int64, format: Int, in db: Database
    ) throws {
        guard let last = raws.last else { return }
        let rows = try Row.fetchCursor(
            try db.cachedStatement(sql: Self.requests(format: format)), arguments: [after, last.sequence])
        var index = 0
        var place = (batch: Int64(after), position: Int64.min)
        while let row = try rows.next() {
            guard case .int64(let batch) = (row[0] as DatabaseValue).storage,
                case .int64(let position) = (row[1] as DatabaseValue).storage, (batch, position) > place
            else { throw SenselessRow() }
            place = (batch, position)
            while index < raws.count, raws[index].sequence < batch { index += 1 }
            guard index < raws.count, raws[index].sequence == batch else { continue }
            if let record = RequestRow.record(from: row) {
                raws[index].requests.append(record)
            } else {
                raws[index].damagedRequest = true
            }
        }
    }

    private static func size(of content: DatabaseValue.Storage) -> Int {
        switch content {
        case .blob(let data): data.count
        case .string(let text): text.utf8.count
        default: 0
        }
    }

    private func damaged(_ place: String) -> RecordingError {
        .damaged(
            path: reader.path, place: place,
            salvaged: "\(levelsRead) levels and \(requestsRead) requests could be read before it")
    }

    private static func entries(format: Int) -> String {
        """
        SELECT seq, 0 AS kind, data, NULL, NULL FROM batches WHERE seq > ?
        UNION ALL SELECT seq, 1, event, NULL, NULL FROM events WHERE seq > ?
        UNION ALL SELECT seq, 2, result, NULL, NULL FROM levels WHERE seq > ?
        \(format >= 2 ? "UNION ALL SELECT seq, 3, data, source, at FROM readings WHERE seq > ?" : "")
        ORDER BY 1 LIMIT ?
        """
    }

    private static func requests(format: Int) -> String {
        """
        SELECT \(RequestRow.select(format: format)) FROM requests
        WHERE batch > ? AND batch <= ? ORDER BY batch, position
        """
    }
}
