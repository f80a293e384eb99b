import System

/// Splits a body into its lines (NDJSON), wherever the reads cut it; empty ones are passed over.
///
/// A line that lies whole in the given bytes is handed out as a range of them, uncopied.
package struct LineSplitter: Sendable {
    package typealias Output = EventSplitter.Output

    /// The last `carriedEvent`.
    public private(set) var carried: [UInt8] = []
    private var carriedIsDone = false

    package init() {}

    /// What lies next in `bytes` from `offset` on, which is moved behind it.
    ///
    /// - Throws: a line longer than the limit.
    package mutating func next(
        _ bytes: UnsafeRawBufferPointer, from offset: inout Int, upTo end: Int
    ) throws(WireError) -> Output {
        if carriedIsDone { dropCarried() }
        while offset < end {
            guard let lineEnd = bytes.place(of: 0x0A, from: offset, upTo: end) else { break }
            let range = start(bytes, from: offset, upTo: lineEnd)..<lineEnd
            offset = lineEnd + 1
            if carried.isEmpty {
                if !range.isEmpty { return .event(range) }
            } else {
                try append(bytes[range])
                carriedIsDone = true
                return .carriedEvent
            }
        }
        let start = start(bytes, from: offset, upTo: end)
        if start < end { try append(bytes[start..<end]) }
        offset = end
        return .needsMore
    }

    /// At the end of the body: a line whose end never came.
    package mutating func finish() throws(WireError) -> Output {
        if carriedIsDone { dropCarried() }
        guard !carried.isEmpty else { return .needsMore }
        carriedIsDone = true
        return .carriedEvent
    }

    private mutating func dropCarried() {
        carried.removeAll(keepingCapacity: carried.capacity <= 64 * 1024)
        carriedIsDone = false
    }

    private mutating func append(_ bytes: some Collection<UInt8>) throws(WireError) {
        guard carried.count + bytes.count <= WireLimits.event else {
            throw .tooLarge(what: "a line", limit: WireLimits.event)
        }
        carried.append(contentsOf: bytes)
    }

    /// Space before a line is nobody's, however long it goes on.
    private func start(_ bytes: UnsafeRawBufferPointer, from offset: Int, upTo end: Int) -> Int {
        guard carried.isEmpty else { return offset }
        var start = offset
        while start < end, bytes[start] == 0x20 || bytes[start] == 0x0D || bytes[start] == 0x09 { start += 1 }
        return start
    }
}
