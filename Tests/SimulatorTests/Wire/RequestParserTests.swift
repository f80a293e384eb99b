import Measure
import NIOCore
import Testing
import Wire

@testable import Simulator

struct RequestParserTests {
    static let two =
        "POST /v1/x?a=1&b HTTP/1.1\r\nHost: h\r\nX-Request-ID: r-7\r\nContent-Length: 5\r\n\r\nhello"
        + "POST /y HTTP/1.1\nTransfer-Encoding: chunked\n\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"

    @Test func anySplitGivesTheSameRequests() throws {
        let bytes = Array(Self.two.utf8)
        for length in 1...bytes.count {
            var parser = RequestParser()
            var requests: [HTTPRequest] = []
            var at = 0
            while at < bytes.count {
                parser.append(ByteBuffer(bytes: bytes[at..<min(bytes.count, at + length)]))
                at += length
                while let request = try parser.next(at: Moment(nanoseconds: Int64(at))) {
                    requests.append(request)
                }
            }
            #expect(requests.map(\.path) == ["/v1/x", "/y"])
            #expect(requests.map { String(buffer: $0.body) } == ["hello", "abcde"])
            #expect(requests.first?.headers["x-request-id"] == "r-7")
            #expect(requests.first?.queryValue("a") == "1")
            #expect(requests.first?.queryValue("b") == "")
            #expect(requests.first?.queryValue("c") == nil)
        }
    }

    @Test(arguments: [
        "nonsense\r\n\r\n", "GET / SPDY/3\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        "GET / HTTP/1.1\r\ncontent-length: -1\r\n\r\n", "GET / HTTP/1.1\r\ncontent-length: x\r\n\r\n",
        "GET / HTTP/1.1\r\ncontent-length: 99999999999\r\n\r\n", "\r\n\r\n",
        "GET / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        "GET / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n7fffffffffffffff\r\n",
    ])
    func nonsenseIsRefused(text: String) {
        var parser = RequestParser()
        parser.append(ByteBuffer(string: text))
        #expect(throws: RequestParser.Refusal.self) { try parser.next(at: .zero) }
    }

    @Test func anEndlessHeadIsRefused() throws {
        var parser = RequestParser()
        parser.append(ByteBuffer(string: "GET / HTTP/1.1\r\n"))
        let line = ByteBuffer(string: "x: " + String(repeating: "y", count: 10_000) + "\r\n")
        for _ in 0..<6 {
            parser.append(line)
            #expect(try parser.next(at: .zero) == nil)
        }
        parser.append(line)
        #expect(throws: RequestParser.Refusal.headTooLong) { try parser.next(at: .zero) }
    }

    @Test func randomBytesNeverTrap() {
        var random = SplitMix64(seed: 3)
        for _ in 0..<2_000 {
            var parser = RequestParser()
            let bytes = (0..<64).map { _ in UInt8(truncatingIfNeeded: random.next()) & 0x3F }
            parser.append(ByteBuffer(bytes: bytes))
            _ = try? parser.next(at: .zero)
            _ = JSONValue(parsing: bytes)
        }
    }
}
