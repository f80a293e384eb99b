import Measure

/// An incremental HTTP/1.1 response parser: bytes in, the head and slices of the body out.
///
/// It copies nothing of the body, so that a token's bytes go from the socket's buffer straight to the
/// event splitter. Give it the same bytes, with the same offset, until it asks for more.
package struct ResponseDecoder: Sendable {
    package static let headLimit = WireLimits.head

    package enum Output: Hashable, Sendable {
        /// All given bytes are used up.
        case needsMore
        case head(ResponseHead)
        /// A range of the given bytes that belongs to the body.
        case body(Range<Int>)
        /// The answer is complete; bytes behind it are not ours.
        case end
    }

    private enum State: Sendable {
        case head
        case fixed(remaining: Int)
        case untilClose
        case chunkSize(value: Int, digits: Int, inExtension: Bool)
        case chunkData(remaining: Int)
        case chunkDataEnd
        case trailer(lineLength: Int)
        case end
    }

    private var state = State.head
    private var headBytes: [UInt8] = []
    private var interimHeads = 0
    private var trailerBytes = 0
    /// Returns that no line end has followed yet.
    private var returns = 0

    package init() {}

    /// Nothing of an answer has been seen.
    package var isFresh: Bool {
        if case .head = state { headBytes.isEmpty } else { false }
    }

    /// The body ends when the connection does.
    package var endsWithConnection: Bool {
        if case .untilClose = state { true } else { false }
    }

    /// What lies next in `bytes` from `offset` on, which is moved behind it.
    ///
    /// - Throws: what is no answer, or is larger than any should be.
    package mutating func next(
        _ bytes: UnsafeRawBufferPointer, from offset: inout Int
    ) throws(WireError) -> Output {
        while true {
            switch state {
            case .head:
                guard let head = try readHead(bytes, from: &offset) else { return .needsMore }
                if head.status < 200 {
                    try countInterim(head)
                    continue
                }
                state = Self.bodyState(of: head)
                return .head(head)

            case .fixed(let remaining):
                if remaining == 0 {
                    state = .end
                    return .end
                }
                guard offset < bytes.count else { return .needsMore }
                let taken = min(remaining, bytes.count - offset)
                defer { offset += taken }
                state = .fixed(remaining: remaining - taken)
                return .body(offset..<offset + taken)

            case .untilClose:
                guard offset < bytes.count else { return .needsMore }
                defer { offset = bytes.count }
                return .body(offset..<bytes.count)

            case .chunkSize(let value, let digits, let inExtension):
                guard offset < bytes.count else { return .needsMore }
                try readChunkSize(
                    bytes, from: &offset, value: value, digits: digits, inExtension: inExtension)

            case .chunkData(let remaining):
                guard offset < bytes.count else { return .needsMore }
                let taken = min(remaining, bytes.count - offset)
                defer { offset += taken }
                state = taken == remaining ? .chunkDataEnd : .chunkData(remaining: remaining - taken)
                return .body(offset..<offset + taken)

            case .chunkDataEnd:
                guard offset < bytes.count else { return .needsMore }
                let byte = bytes[offset]
                guard byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n") else { throw .badChunking }
                offset += 1
                if byte == UInt8(ascii: "\n") {
                    returns = 0
                    state = .chunkSize(value: 0, digits: 0, inExtension: false)
                } else {
                    try countReturn()
                }

            case .trailer(let lineLength):
                guard offset < bytes.count else { return .needsMore }
                let byte = bytes[offset]
                offset += 1
                trailerBytes += 1
                guard trailerBytes < Self.headLimit else {
                    throw .tooLarge(what: "a trailer", limit: Self.headLimit)
                }
                if byte == UInt8(ascii: "\n") {
                    state = lineLength == 0 ? .end : .trailer(lineLength: 0)
                    if lineLength == 0 { return .end }
                } else if byte != UInt8(ascii: "\r") {
                    state = .trailer(lineLength: lineLength + 1)
                }

            case .end:
                return .end
            }
        }
    }

    /// Collects the head; nil until its empty line has come.
    private mutating func readHead(
        _ bytes: UnsafeRawBufferPointer, from offset: inout Int
    ) throws(WireError) -> ResponseHead? {
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            headBytes.append(byte)
            if headBytes.count == 5, !headBytes.elementsEqual("HTTP/".utf8) {
                let rest = bytes[offset..<min(bytes.count, offset + WireLimits.chunkLine)]
                throw .badHead("it begins with \"\(Printable.excerpt(of: headBytes + rest, limit: 60))\"")
            }
            if byte == UInt8(ascii: "\n"), headBytes.endsWithEmptyLine {
                let head = try ResponseHead(parsing: headBytes)
                headBytes.removeAll(keepingCapacity: true)
                return head
            }
            guard headBytes.count < Self.headLimit else {
                throw .tooLarge(what: "an answer's head", limit: Self.headLimit)
            }
        }
        return nil
    }

    /// A server may say "wait" before it answers, but not for ever; and it has not been asked for another
    /// protocol.
    private mutating func countInterim(_ head: ResponseHead) throws(WireError) {
        guard head.status != 101 else { throw .senselessHead("it switches to another protocol") }
        interimHeads += 1
        guard interimHeads <= WireLimits.interimHeads else {
            throw .tooMany(what: "heads of status 1xx", limit: WireLimits.interimHeads)
        }
    }

    private mutating func countReturn() throws(WireError) {
        returns += 1
        guard returns < WireLimits.chunkLine else { throw .badChunking }
    }

    private static func bodyState(of head: ResponseHead) -> State {
        if head.status == 204 || head.status == 304 { return .fixed(remaining: 0) }
        if head.isChunked { return .chunkSize(value: 0, digits: 0, inExtension: false) }
        if let length = head.contentLength { return .fixed(remaining: length) }
        return .untilClose
    }

    private mutating func readChunkSize(
        _ bytes: UnsafeRawBufferPointer, from offset: inout Int, value: Int, digits: Int, inExtension: Bool
    ) throws(WireError) {
        var value = value
        var digits = digits
        var inExtension = inExtension
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            switch byte {
            case UInt8(ascii: "\n"):
                guard digits > 0 else { throw .badChunking }
                returns = 0
                state = value == 0 ? .trailer(lineLength: 0) : .chunkData(remaining: value)
                return
            case UInt8(ascii: "\r"):
                try countReturn()
            case _ where inExtension:
                digits += 1
                guard digits < WireLimits.chunkLine else { throw .badChunking }
            case UInt8(ascii: ";"), UInt8(ascii: " "), UInt8(ascii: "\t"):
                guard digits > 0 else { throw .badChunking }
                inExtension = true
            default:
                guard let digit = Self.hexValue(of: byte), digits < 15 else { throw .badChunking }
                value = value << 4 | digit
                digits += 1
            }
        }
        state = .chunkSize(value: value, digits: digits, inExtension: inExtension)
    }

    private static func hexValue(of byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(byte - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(byte - UInt8(ascii: "A")) + 10
        default: nil
        }
    }
}

extension [UInt8] {
    /// Whether it ends with an empty line; line ends may be LF or CRLF.
    fileprivate var endsWithEmptyLine: Bool {
        guard count >= 2, self[count - 1] == UInt8(ascii: "\n") else { return false }
        if self[count - 2] == UInt8(ascii: "\n") { return true }
        return count >= 3 && self[count - 2] == UInt8(ascii: "\r") && self[count - 3] == UInt8(ascii: "\n")
    }
}
