import Measure
import NIOCore

/// Splits what a connection sends into requests: enough of HTTP/1.1 (RFC 9112) for inference clients,
/// with a bound on everything.
struct RequestParser {
    /// Why a connection can't go on.
    enum Refusal: Error, Hashable {
        case badRequest(String)
        case headTooLong
        case bodyTooLong
    }

    static let longestHead = 64 << 10
    static let longestBody = 16 << 20
    /// The most that is kept of what a client sends: one whole request. More of it while an answer is out
    /// is refused.
    static let longestUnread = longestHead + longestBody

    private struct Head {
        var method: String
        var target: String
        var headers: [String: String]
        var length: Int
        var isChunked: Bool
        var isOld: Bool
    }

    private var buffer = ByteBuffer()
    private var head: Head?
    private var chunks: ByteBuffer?
    /// How much of the buffer has been searched for the head's end.
    private var searched = 0

    mutating func append(_ bytes: ByteBuffer) {
        if buffer.readableBytes == 0 {
            buffer = bytes
        } else {
            // Else what was read long ago would stay for as long as there is always something unread.
            if buffer.readerIndex > Self.longestHead { buffer.discardReadBytes() }
            buffer.writeImmutableBuffer(bytes)
        }
    }

    /// Bytes that belong to no request yet that was handed out.
    var unread: Int { buffer.readableBytes + (chunks?.readableBytes ?? 0) }

    /// The room that they, and what was read before them, take.
    var capacity: Int { buffer.capacity }

    /// Nothing that has come will be looked at any more.
    mutating func forget() { self = RequestParser() }

    /// Whether the head asks for leave to send its body; says so once.
    private(set) var wantsContinue = false
    mutating func takeWantsContinue() -> Bool {
        defer { wantsContinue = false }
        return wantsContinue
    }

    /// The next whole request, or nil when more bytes are needed.
    mutating func next(at moment: Moment) throws(Refusal) -> HTTPRequest? {
        if head == nil { head = try readHead() }
        guard let head else { return nil }
        guard let body = head.isChunked ? try readChunks() : buffer.readSlice(length: head.length) else {
            return nil
        }
        self.head = nil
        wantsContinue = false
        let parts = head.target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        return HTTPRequest(
            method: head.method, path: String(parts[0]), query: parts.count > 1 ? String(parts[1]) : "",
            headers: head.headers, body: body, isOld: head.isOld, received: moment)
    }

    private mutating func readHead() throws(Refusal) -> Head? {
        let view = buffer.readableBytesView
        // The last three bytes may be the beginning of the head's end.
        var at = view.startIndex + max(0, searched - 3)
        var end: Int?
        while let found = view[at...].firstIndex(of: 0x0A) {
            let next = found + 1
            if next < view.endIndex, view[next] == 0x0A { end = next + 1 }
            if next + 1 < view.endIndex, view[next] == 0x0D, view[next + 1] == 0x0A { end = next + 2 }
            if end != nil { break }
            at = next
        }
        guard let end else {
            searched = view.count
            if view.count > Self.longestHead { throw .headTooLong }
            return nil
        }
        searched = 0
        let text = buffer.readString(length: end - view.startIndex) ?? ""
        return try parseHead(text)
    }

    private mutating func parseHead(_ text: String) throws(Refusal) -> Head {
        let lines = text.utf8.split(separator: 0x0A).map { line in
            String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
        }
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count == 3, words[2].hasPrefix("HTTP/1.") else {
            throw .badRequest("not an HTTP/1.1 request line")
        }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() where !line.isEmpty {
            guard let colon = line.firstIndex(of: ":") else { throw .badRequest("a header without a colon") }
            let name = line[..<colon].lowercased()
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            headers[name] = String(value)
        }
        let isChunked = headers["transfer-encoding"]?.lowercased() == "chunked"
        let length = headers["content-length"].map { Int($0) ?? -1 } ?? 0
        guard length >= 0 else { throw .badRequest("a content-length that is no number") }
        guard length <= Self.longestBody else { throw .bodyTooLong }
        let isOld = words[2] == "HTTP/1.0"
        wantsContinue = !isOld && headers["expect"]?.lowercased() == "100-continue"
        return Head(
            method: String(words[0]), target: String(words[1]), headers: headers, length: length,
            isChunked: isChunked, isOld: isOld)
    }

    private mutating func readChunks() throws(Refusal) -> ByteBuffer? {
        var body = chunks ?? ByteBuffer()
        while true {
            let view = buffer.readableBytesView
            guard let lineEnd = view.firstIndex(of: 0x0A) else {
                if view.count > 1_024 { throw .badRequest("a chunk size that does not end") }
                break
            }
            let line = view[..<lineEnd].prefix { $0 != 0x0D && $0 != UInt8(ascii: ";") }
            guard let size = Int(String(decoding: line, as: UTF8.self), radix: 16), size >= 0 else {
                throw .badRequest("a chunk size that is no number")
            }
            guard size <= Self.longestBody, body.readableBytes + size <= Self.longestBody else {
                throw .bodyTooLong
            }
            let headLength = lineEnd + 1 - view.startIndex
            guard view.count >= headLength + size + 2 else { break }
            buffer.moveReaderIndex(forwardBy: headLength)
            if size > 0, var chunk = buffer.readSlice(length: size) { body.writeBuffer(&chunk) }
            buffer.moveReaderIndex(forwardBy: 2)
            if size == 0 {
                chunks = nil
                return body
            }
        }
        chunks = body
        return nil
    }
}
