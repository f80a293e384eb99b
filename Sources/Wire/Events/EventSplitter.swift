import System

/// Splits a body into server-sent events, whatever the line ends and wherever the reads cut it
/// (WHATWG HTML, "Server-sent events"). Only `data` matters here, and whether the event's name says that it is
/// an error; all else the dialects that name their events say in the JSON as well.
///
/// An event that lies whole in the given bytes is handed out as a range of them, uncopied: with one event
/// a read, as servers send them, nothing is ever copied.
package struct EventSplitter: Sendable {
    /// Longer events fail the request instead of growing memory.
    package static let eventLimit = WireLimits.event

    package enum Output: Hashable, Sendable {
        /// All given bytes are used up.
        case needsMore
        /// An event's data: a range of the given bytes.
        case event(Range<Int>)
        /// An event's data, collected over several reads or lines: in `carried` until the next call.
        case carriedEvent
    }

    /// The data of the last `carriedEvent`.
    public private(set) var carried: [UInt8] = []
    /// The last event is called an error, whatever its data are; there may be none.
    public private(set) var isError = false

    private var line: [UInt8] = []
    /// `carried` has data lines of an event that is not complete.
    private var collecting = false
    private var carriedIsDone = false
    /// The event that is being collected is called an error.
    private var errorIsNamed = false
    private var skipsLineFeed = false

    package init() {}

    /// What lies next in `bytes` from `offset` on, which is moved behind it.
    ///
    /// - Throws: an event longer than the limit.
    package mutating func next(
        _ bytes: UnsafeRawBufferPointer, from offset: inout Int, upTo end: Int
    ) throws(WireError) -> Output {
        if isError { isError = false }
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
                try takeLine()
            } else if range.isEmpty {
                if errorIsNamed { takeName() }
                if let pending { return .event(pending) }
                if collecting || isError {
                    carriedIsDone = true
                    return .carriedEvent
                }
            } else if let value = value(of: bytes[range]) {
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
    ///
    /// - Throws: an event longer than the limit.
    package mutating func finish() throws(WireError) -> Output {
        isError = false
        if carriedIsDone { dropCarried() }
        try takeLine()
        if errorIsNamed { takeName() }
        guard collecting || isError else { return .needsMore }
        carriedIsDone = true
        return .carriedEvent
    }

    private mutating func dropCarried() {
        carried.removeAll(keepingCapacity: carried.capacity <= 64 * 1024)
        carriedIsDone = false
        collecting = false
    }

    private mutating func takeName() {
        isError = true
        errorIsNamed = false
    }

    /// A line that came in several reads.
    private mutating func takeLine() throws(WireError) {
        let whole = line
        line.removeAll(keepingCapacity: true)
        if let value = value(of: whole[...]) { try addData(whole[value]) }
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
        let feed = bytes.place(of: 0x0A, from: start, upTo: end)
        return bytes.place(of: 0x0D, from: start, upTo: feed ?? end) ?? feed
    }

    /// Where the value of a `data` field lies, or a bare JSON object; nil for comments and other fields. Notes the name of an error.
    private mutating func value<Line: RandomAccessCollection<UInt8>>(of line: Line) -> Range<Int>?
    where Line.Index == Int {
        guard let start = line.first else { return nil }
        if start == UInt8(ascii: "d") { return Self.value(of: line, named: "data") }
        // Whoever fails in mid-stream may forget how events are written.
        if start == UInt8(ascii: "{") { return line.startIndex..<line.endIndex }
        guard start == UInt8(ascii: "e") else { return nil }
        if let name = Self.value(of: line, named: "event") {
            if Self.meansError(line[name]) { errorIsNamed = true }
            return nil
        }
        // An older llama.cpp: `error: {…}`.
        guard let value = Self.value(of: line, named: "error") else { return nil }
        errorIsNamed = true
        return value
    }

    private static func value<Line: RandomAccessCollection<UInt8>>(
        of line: Line, named name: StaticString
    ) -> Range<Int>?
    where Line.Index == Int {
        let start = line.startIndex
        let length = name.utf8CodeUnitCount
        guard line.count >= length else { return nil }
        for index in 0..<length where line[start + index] != name.utf8Start[index] { return nil }
        if line.count == length { return line.endIndex..<line.endIndex }
        guard line[start + length] == UInt8(ascii: ":") else { return nil }
        var value = start + length + 1
        if value < line.endIndex, line[value] == UInt8(ascii: " ") { value += 1 }
        return value..<line.endIndex
    }

    /// "error", "Error", "stream_error", "internalServerException", "abort".
    private static func meansError(_ name: some Collection<UInt8>) -> Bool {
        let text = String(decoding: name.prefix(100), as: UTF8.self).lowercased()
        return ["error", "exception", "abort"].contains { text.contains($0) }
    }
}
