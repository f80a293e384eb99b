import Measure
import Testing

@testable import Wire

/// What a decoder made of a whole connection's bytes.
private struct Decoded: Equatable {
    var status: Int?
    var body = ""
    var ended = false
}

private func decode(_ pieces: [ArraySlice<UInt8>]) throws -> Decoded {
    var decoder = ResponseDecoder()
    var decoded = Decoded()
    var body: [UInt8] = []
    for piece in pieces {
        try Array(piece).withUnsafeBytes { bytes in
            var offset = 0
            loop: while true {
                switch try decoder.next(bytes, from: &offset) {
                case .needsMore: break loop
                case .head(let head): decoded.status = head.status
                case .body(let range): body.append(contentsOf: bytes[range])
                case .end:
                    decoded.ended = true
                    break loop
                }
            }
        }
    }
    decoded.body = String(decoding: body, as: UTF8.self)
    return decoded
}

@Suite struct ResponseDecoderTests {
    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", 200, "abc", true),
        ("HTTP/1.1 200 OK\nContent-Length: 3\n\nabc", 200, "abc", true),
        ("HTTP/1.1 204 No Content\r\n\r\n", 204, "", true),
        ("HTTP/1.1 200 OK\r\n\r\nuntil close", 200, "until close", false),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", 200, "abc", true),
        (
            "HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\n\r\n3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nT: v\r\n\r\n",
            200, "abc0123456789", true
        ),
        (
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno", 401,
            "no",
            true
        ),
        ("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", 200, "", true),
    ])
    func anyCutGivesTheSameAnswer(text: String, status: Int, body: String, ended: Bool) throws {
        let bytes = Array(text.utf8)
        let expected = Decoded(status: status, body: body, ended: ended)
        for cut in 0...bytes.count { #expect(try decode(bytes.pieces(cutAt: [cut])) == expected) }
        #expect(try decode(bytes.pieces(cutAt: Array(bytes.indices))) == expected)
    }

    @Test(arguments: [
        "SSH-2.0-OpenSSH_9.2\r\n", "<html>hello</html>\n\n", "HTTP/2 200\r\n\r\n", "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcdef",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffffffff\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
    ])
    func nonsenseIsRefused(text: String) {
        let bytes = Array(text.utf8)
        for cut in 0...bytes.count {
            #expect(throws: WireError.self) { try decode(bytes.pieces(cutAt: [cut])) }
        }
    }

    @Test func aHeadThatNeverEndsIsRefused() {
        let start = Array("HTTP/1.1 200 OK\r\n".utf8)
        let header = Array("X-Filler: 0123456789012345678901234567890123456789\r\n".utf8)
        #expect(throws: WireError.tooLarge(what: "an answer's head", limit: ResponseDecoder.headLimit)) {
            try decode([start[...]] + Array(repeating: header[...], count: 5000))
        }
    }

    @Test func headersAreFoundWhateverTheirCase() throws {
        let head = try ResponseHead(
            parsing: Array(
                "HTTP/1.1 429 Too Many\r\nRETRY-AFTER:  7 \r\nContent-Type: Text/HTML; charset=x\r\n".utf8))
        #expect(head["retry-after"] == "7")
        #expect(head.mediaType == "text/html")
        #expect(head["nothing"] == nil)
    }

    @Test func randomBytesNeverTrap() {
        var random = SplitMix64(seed: 7)
        for _ in 0..<2000 {
            var bytes = Array("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
            let keep = Int(random.next() % UInt64(bytes.count + 1))
            bytes = Array(bytes.prefix(keep)) + (0..<64).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            _ = try? decode([bytes[...]])
        }
    }
}
