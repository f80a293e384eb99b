import Foundation
import GRDB
import Measure

/// The entries of a recording, read a page at a time: memory doesn't grow with the recording.
///
/// After a damaged entry, which `next` throws, it may be asked for the one behind. Where the file itself
/// can't be read further, it throws once and then returns nil.
public struct EntryStream {
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
    }

    private struct Raw {
        var sequence: Int64
        var kind: Kind?
        var content: DatabaseValue.Storage
        var requests: [RequestRecord]
        /// A request's row made no sense.
        var damagedRequest = false
    }

    private let reader: RecordingReader
    private var decoder = BatchDecoder()
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

    public mutating func next() throws(RecordingError) -> RecordingEntry? {
        if page.isEmpty { try fetch() }
        guard let raw = page.popLast() else {
            if !endIsTold, let missing = reader.missingEnd {
                endIsTold = true
                throw missing
            }
            return nil
        }
        do {
            return try entry(raw)
        } catch {
            throw damaged("entry \(raw.sequence) (\(error.reason))")
        }
    }

    private mutating func entry(_ raw: Raw) throws(BatchDecoder.Malformed) -> RecordingEntry {
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
            guard let event = try? RecordingJSON.decode(ControlEvent.self, from: text),
                event.isPlausible(in: span)
            else {
                throw BatchDecoder.Malformed(reason: "the event makes no sense")
            }
            return .event(event.harmless)
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
            throw BatchDecoder.Malformed(reason: "it has another type than it should")
        }
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
                try db.cachedStatement(sql: Self.entries), arguments: [after, after, after, limit])
            var last = after
            var bytes = 0
            while bytes < Self.pageBytes, let row = try rows.next() {
                guard case .int64(let sequence) = (row[0] as DatabaseValue).storage, sequence > last,
                    case .int64(let kind) = (row[1] as DatabaseValue).storage
                else { throw Nonsense() }
                last = sequence
                let content = (row[2] as DatabaseValue).storage
                bytes += Self.size(of: content)
                raws.append(
                    Raw(
                        sequence: sequence, kind: Kind(rawValue: kind),
                        content: content, requests: []))
            }
            try Self.addRequests(to: &raws, after: after, in: db)
            raws.reverse()
            return raws
        }
    }

    private static func addRequests(to raws: inout [Raw], after: Int64, in db: Database) throws {
        guard let last = raws.last else { return }
        let rows = try Row.fetchCursor(
            try db.cachedStatement(sql: Self.requests), arguments: [after, last.sequence])
        var index = 0
        var place = (batch: Int64(after), position: Int64.min)
        while let row = try rows.next() {
            guard case .int64(let batch) = (row[0] as DatabaseValue).storage,
                case .int64(let position) = (row[1] as DatabaseValue).storage, (batch, position) > place
            else { throw Nonsense() }
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

    private static let entries = """
        SELECT seq, 0 AS kind, data FROM batches WHERE seq > ?
        UNION ALL SELECT seq, 1, event FROM events WHERE seq > ?
        UNION ALL SELECT seq, 2, result FROM levels WHERE seq > ?
        ORDER BY 1 LIMIT ?
        """

    private static let requests = """
        SELECT \(RequestRow.select) FROM requests WHERE batch > ? AND batch <= ? ORDER BY batch, position
        """
}
