import Wire

/// Takes an answer's body apart: into events or lines, once its first bytes show that it is a stream of them;
/// else it keeps what there is to be told of it.
struct BodyReader {
    enum Kind { case undecided, events, lines, plain }

    enum Output {
        case needsMore
        /// An event's data: a range of the given bytes.
        case event(Range<Int>)
        /// An event's data, in `carried` until the next call.
        case carriedEvent
        /// It is compressed: there is nothing to be read in it.
        case compressed
    }

    private(set) var kind = Kind.undecided
    /// The body of an answer that is no stream, as far as it is kept; the first bytes of one that may be.
    private(set) var held: [UInt8] = []
    private let framing: Framing
    private var events = EventSplitter()
    private var lines = LineSplitter()
    private var saysEvents = false
    private var isCoded = false

    /// - Parameter head: nil as long as there is none.
    init(_ head: ResponseHead?, framing: Framing) {
        self.framing = framing
        guard let head else { return }
        isCoded = head.coding != nil
        saysEvents = !isCoded && head.mediaType == "text/event-stream"
        if !head.isSuccess { kind = .plain }
    }

    var carried: [UInt8] { kind == .lines ? lines.carried : events.carried }
    /// The last event is called an error.
    var isError: Bool { events.isError }
    /// There may be tokens in it.
    var isStream: Bool { kind == .events || kind == .lines }

    mutating func next(
        _ bytes: UnsafeRawBufferPointer, from offset: inout Int, upTo end: Int
    ) throws(WireError) -> Output {
        if kind == .undecided, !(try decide(bytes, from: &offset, upTo: end)) { return .compressed }
        switch kind {
        case .events:
            return Output(try events.next(bytes, from: &offset, upTo: end))
        case .lines:
            return Output(try lines.next(bytes, from: &offset, upTo: end))
        case .undecided, .plain:
            keep(bytes[offset..<end])
            offset = end
            return .needsMore
        }
    }

    /// At the end of the body: an event or a line whose end never came.
    mutating func finish() throws(WireError) -> Output {
        switch kind {
        case .events: Output(try events.finish())
        case .lines: Output(try lines.finish())
        case .undecided, .plain: .needsMore
        }
    }

    /// False: it is compressed.
    private mutating func decide(
        _ bytes: UnsafeRawBufferPointer, from offset: inout Int, upTo end: Int
    ) throws(WireError) -> Bool {
        let begun = held
        let beginning = begun + bytes[offset..<end].prefix(64)
        switch BodyShape(of: beginning, saysEvents: saysEvents, framing: framing) {
        case .undecided:
            dropSpace()
        case .plain:
            kind = .plain
        case .coded:
            isCoded = true
            kind = .plain
        case .events(let start):
            kind = .events
            held = []
            // What came before it could be told: space, and the beginning of a line.
            if start < begun.count {
                var error: WireError?
                begun.withUnsafeBytes { pointer in
                    var position = start
                    do throws(WireError) {
                        _ = try events.next(pointer, from: &position, upTo: pointer.count)
                    } catch let thrown {
                        error = thrown
                    }
                }
                if let error { throw error }
            }
            offset += max(0, start - begun.count)
            return true
        case .lines(let start):
            // Told by its first byte, so that there is only space before it.
            kind = .lines
            held = []
            offset += max(0, start - begun.count)
            return true
        }
        guard isCoded, kind == .plain else { return true }
        keep(bytes[offset..<end])
        return false
    }

    private mutating func keep(_ bytes: Slice<UnsafeRawBufferPointer>) {
        held.append(contentsOf: bytes.prefix(max(0, WireLimits.plainBody - held.count)))
    }

    /// The space before a body's first word is nobody's, however long it goes on; nor is a byte-order mark.
    private mutating func dropSpace() {
        guard held.count > 64 else { return }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let behindMark = held.starts(with: mark) ? held.dropFirst(mark.count) : held[...]
        held = Array(behindMark.drop { $0 == 0x20 || (0x09...0x0D).contains($0) })
    }
}

extension BodyReader.Output {
    @inline(__always)
    fileprivate init(_ output: EventSplitter.Output) {
        self =
            switch output {
            case .needsMore: .needsMore
            case .event(let range): .event(range)
            case .carriedEvent: .carriedEvent
            }
    }
}
