import Testing

@testable import Wire

/// The error with which these bytes are refused, if they are.
private func refusal(_ pieces: some Sequence<String>) -> WireError? {
    var decoder = ResponseDecoder()
    for piece in pieces {
        do throws(WireError) {
            let bytes = Array(piece.utf8)
            var offset = 0
            reading: while true {
                switch try read(bytes, &decoder, &offset) {
                case .needsMore: break reading
                case .end: return nil
                case .head, .body: continue
                }
            }
        } catch {
            return error
        }
    }
    return nil
}

private func read(
    _ bytes: [UInt8], _ decoder: inout ResponseDecoder, _ offset: inout Int
) throws(WireError) -> ResponseDecoder.Output {
    do { return try bytes.withUnsafeBytes { try decoder.next($0, from: &offset) } } catch let error
        as WireError
    {
        throw error
    } catch {
        return .end
    }
}

@Suite("Heads and chunks that make no sense, or have no end") struct HostileHeadTests {
    @Test(
        "where an answer ends must be said in one way only",
        arguments: [
            "content-length: 3\r\ncontent-length: 4", "content-length: 3, 4", "content-length: -3",
            "content-length: +3", "content-length: 3x", "content-length: ", "content-length: 0x3",
            "content-length: 99999999999999999999", "content-length: 3\r\ntransfer-encoding: chunked",
            "transfer-encoding: chunked, chunked", "transfer-encoding: chunked, gzip",
            "transfer-encoding: chunked\r\ntransfer-encoding: chunked",
        ])
    func conflicts(lines: String) {
        #expect(refusal(["HTTP/1.1 200 OK\r\n\(lines)\r\n\r\n"]) != nil)
    }

    @Test(
        "what is odd, and clear all the same",
        arguments: [
            "content-length: 3\r\ncontent-length: 3", "content-length: 3, 3", "content-length: 003",
            "transfer-encoding: identity\r\ncontent-length: 3",
            "x: y\u{85}content-length: 9\r\ncontent-length: 3",
        ])
    func noConflicts(lines: String) {
        #expect(refusal(["HTTP/1.1 200 OK\r\n\(lines)\r\n\r\nabc"]) == nil)
    }

    @Test(arguments: ["000", "099", "600", "999", "-20", "+20", "2 0", "20", "2000", "２００"])
    func statuses(status: String) {
        #expect(refusal(["HTTP/1.1 \(status) OK\r\n\r\n"]) != nil)
    }

    @Test func connectionsAreKeptAsIsSaid() throws {
        func closes(_ text: String) throws -> Bool {
            try ResponseHead(parsing: Array(text.utf8)).closesConnection
        }
        #expect(try !closes("HTTP/1.1 200 OK\r\n"))
        #expect(try closes("HTTP/1.1 200 OK\r\nConnection: Keep-Alive, Close\r\n"))
        #expect(try closes("HTTP/1.0 200 OK\r\n"))
        #expect(try !closes("HTTP/1.0 200 OK\r\nconnection: keep-alive\r\n"))
    }

    @Test(arguments: [
        ("content-encoding: gzip", "gzip"), ("Content-Encoding: BR", "br"),
        ("content-encoding: identity", nil),
        ("content-encoding:", nil), ("transfer-encoding: gzip, chunked", "gzip"), ("x: y", nil),
        ("content-encoding: identity, zstd", "zstd"),
    ])
    func codings(line: String, coding: String?) throws {
        #expect(try ResponseHead(parsing: Array("HTTP/1.1 200 OK\r\n\(line)\r\n".utf8)).coding == coding)
    }

    @Test("a few heads of status 1xx are waited out, and no more; none switches the protocol")
    func interimHeads() {
        let interim = "HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n"
        let answer = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"
        #expect(refusal(Array(repeating: interim, count: WireLimits.interimHeads) + [answer]) == nil)
        #expect(refusal(Array(repeating: interim, count: WireLimits.interimHeads + 1)) != nil)
        #expect(refusal(["HTTP/1.1 101 Switching Protocols\r\n\r\n"]) != nil)
    }

    @Test(
        "nothing in a chunked body goes on for ever",
        arguments: [
            ("", "\r"), ("3\r\nabc", "\r"), ("3;", "x"), ("3;", " "), ("0\r\n", "x"), ("0\r\n", "x: y\r\n"),
            ("3\r", "\r"), ("", "0"),
        ])
    func endless(start: String, filler: String) {
        let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
        #expect(refusal([head, start] + Array(repeating: filler, count: 70_000)) != nil)
    }
}
