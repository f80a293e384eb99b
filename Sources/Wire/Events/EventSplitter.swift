#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Splits a body into server-sent events, whatever the line ends and wherever the reads cut it
/// (WHATWG HTML, "Server-sent events"). Only `data` matters here: the dialects that name their events say
/// it in the JSON as well.
///
/// An event that lies whole in the given bytes is handed out as a range of them, uncopied: with one event
/// a read, as servers send them, nothing is ever copied.
public struct EventSplitter: Sendable {
    /// Longer events fail the request instead of growing memory.
    public static let eventLimit = 1024 * 1024

    public enum Output: Hashable, Sendable {
        /// All given bytes are used up.
        case needsMore
        /// An event's data: a range of the given bytes.
        case event(Range<Int>)
        /// An event's data, collected over several reads or lines: in `carried` until the next call.
        case carriedEvent
    }

    /// The data of the last `carriedEvent`.
    public private(set) var carried: [UInt8] = []

    private var line: [UInt8] = []
    /// `carried` has data lines of an event that is not complete.
    private var collecting = false
    private var carriedIsDone = false
    private var skipsLineFeed = false

    public init() {}

    public mutating func next(
        _ bytes: UnsafeRawBufferPointer, from offset: inout Int, upTo end: Int
    ) throws(WireError) -> Output {
        if carriedIsDone { dropCarried() }
        // The one data line of an event, still lying in `bytes`.
        var pending: Range<Int>?
        while offset < end {
            if skipsLineFeed {
                skipsLineFeed = false
                if bytes[offset] == UInt8(ascii: "\n") {
                    offset += 1
                    continue
                }
            }
            guard let lineEnd = Self.lineEnd(bytes, from: offset, upTo: end) else { break }
            let range = offset..<lineEnd
            offset = lineEnd + 1
            skipsLineFeed = bytes[lineEnd] == UInt8(ascii: "\r")

            if !line.isEmpty {
                try append(bytes[range], toLine: true)
                if let value = Self.dataValue(of: line[...]) { try addData(line[value]) }
                line.removeAll(keepingCapacity: true)
            } else if range.isEmpty {
                if let pending { return .event(pending) }
                if collecting {
                    carriedIsDone = true
                    return .carriedEvent
                }
            } else if let value = Self.dataValue(of: bytes[range]) {
                if collecting {
                    try addData(bytes[value])
                } else if let first = pending {
                    try addData(bytes[first])
                    try addData(bytes[value])
                    pending = nil
                } else {
                    pending = value
                }
            }
        }
        if let pending { try addData(bytes[pending]) }
        if offset < end {
            try append(bytes[offset..<end], toLine: true)
            offset = end
        }
        return .needsMore
    }

    /// At the end of the body: an event whose closing empty line never came.
    public mutating func finish() throws(WireError) -> Output {
        if carriedIsDone { dropCarried() }
        if let value = Self.dataValue(of: line[...]) { try addData(line[value]) }
        line.removeAll()
        guard collecting else { return .needsMore }
        carriedIsDone = true
        return .carriedEvent
    }

    private mutating func dropCarried() {
        carried.removeAll(keepingCapacity: carried.capacity <= 64 * 1024)
        carriedIsDone = false
        collecting = false
    }

    private mutating func addData(_ bytes: some Collection<UInt8>) throws(WireError) {
        if collecting { carried.append(UInt8(ascii: "\n")) }
        collecting = true
        try append(bytes, toLine: false)
    }

    private mutating func append(_ bytes: some Collection<UInt8>, toLine: Bool) throws(WireError) {
        guard line.count + carried.count + bytes.count <= Self.eventLimit else {
            throw .tooLarge(what: "an event", limit: Self.eventLimit)
        }
        if toLine { line.append(contentsOf: bytes) } else { carried.append(contentsOf: bytes) }
    }

    /// The next CR or LF.
    private static func lineEnd(_ bytes: UnsafeRawBufferPointer, from start: Int, upTo end: Int) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        let feed = memchr(base + start, 0x0A, end - start).map { UnsafeRawPointer($0) - base }
        let searched = (feed ?? end) - start
        if let carriageReturn = memchr(base + start, 0x0D, searched) {
            return UnsafeRawPointer(carriageReturn) - base
        }
        return feed
    }

    /// Where the value of a `data` field lies; nil for comments and other fields.
    private static func dataValue<Line: RandomAccessCollection<UInt8>>(of line: Line) -> Range<Int>?
    where Line.Index == Int {
        let start = line.startIndex
        guard line.count >= 4, line[start] == UInt8(ascii: "d"), line[start + 1] == UInt8(ascii: "a"),
            line[start + 2] == UInt8(ascii: "t"), line[start + 3] == UInt8(ascii: "a")
        else { return nil }
        if line.count == 4 { return line.endIndex..<line.endIndex }
        guard line[start + 4] == UInt8(ascii: ":") else { return nil }
        var value = start + 5
        if value < line.endIndex, line[value] == UInt8(ascii: " ") { value += 1 }
        return value..<line.endIndex
    }
}
