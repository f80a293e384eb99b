import Measure
import NIOCore
import Testing

@testable import Simulator

/// Whatever a client sends while an answer is out, or does not read, is kept within bounds.
@Suite(.serialized) struct UnreadBytesTests {
    private static let tooMuch = RequestParser.longestUnread + (2 << 20)

    private static func large(_ length: Int) -> String {
        "POST /v1/chat/completions HTTP/1.1\r\ncontent-length: \(length)\r\n\r\n"
            + String(repeating: "x", count: length)
    }

    /// One request that is larger than its limit, many small ones, and bytes that are no request.
    @Test(arguments: [
        large(tooMuch), String(repeating: large(1 << 20), count: 19),
        String(repeating: "GET /health HTTP/1.1\r\n\r\n", count: tooMuch / 24),
        String(repeating: "x", count: tooMuch),
    ])
    func whatComesBehindAHangingAnswerIsRefused(more: String) async throws {
        try await withServer { server async throws in
            let client = try RawClient(port: server.port)
            client.post("/v1/chat/completions", chat("fault:hang"))
            client.send(more)
            #expect(client.read { Response(prefixOf: $0).isComplete } == .satisfied)
            let response = Response(prefixOf: client.bytes)
            #expect(response.status == 413 && response.headers["connection"] == "close")
            #expect(client.read() != .silent)
            #expect(try server.get("/health").status == 200)
        }
    }

    @Test func aStreamThatIsOutEndsWithIt() async throws {
        var settings = SimulatorSettings.quick
        settings.mode = .paced(PacedModel(ttft: 0, tpot: 60 * .second))
        try await withServer(settings) { server async throws in
            let client = try RawClient(port: server.port)
            client.post("/v1/chat/completions", chat(tokens: 8))
            client.read { !Response(prefixOf: $0).texts("content").isEmpty }
            client.send(Self.large(Self.tooMuch))
            #expect([.closed, .reset].contains(client.read()))
            #expect(!client.text.contains("413"))
            let truth = try #require(await server.truth())
            #expect(truth.totals.aborted == 1 && truth.connections == 0)
        }
    }

    @Test func asMuchAsOneRequestWaits() async throws {
        var settings = SimulatorSettings.quick
        settings.mode = .paced(PacedModel(ttft: 50 * .millisecond, tpot: 0))
        try await withServer(settings) { server async throws in
            let client = try RawClient(port: server.port)
            client.post("/v1/chat/completions", chat(tokens: 2))
            client.send(Self.large(RequestParser.longestBody))
            client.read { String(decoding: $0, as: UTF8.self).contains("not a JSON object") }
            #expect(client.text.contains("[DONE]") && client.text.contains("HTTP/1.1 400"))
        }
    }

    @Test func whoReadsNothingIsNotAnsweredForEver() async throws {
        try await withServer { server async throws in
            let client = try RawClient(port: server.port)
            let one = "POST /v1/completions HTTP/1.1\r\ncontent-length: 2\r\n\r\n[]"
            let count = 3 * Self.tooMuch / one.utf8.count
            client.send(String(repeating: one, count: count))
            // The system's buffers take some of the answers; most were never made.
            let truth = try #require(await server.truth())
            #expect(truth.totals.rejected < count / 2)
            #expect(truth.connections == 0)
        }
    }

    @Test func whatWasReadLongAgoIsNotKept() throws {
        var parser = RequestParser()
        let one = ByteBuffer(string: "GET /health HTTP/1.1\r\n\r\n")
        parser.append(ByteBuffer(string: "GET "))
        // There is always the beginning of a next one.
        for _ in 0..<20_000 {
            parser.append(ByteBuffer(string: "/ HTTP/1.1\r\n\r\n"))
            #expect(try parser.next(at: .zero) != nil)
            parser.append(ByteBuffer(string: "GET "))
        }
        parser.append(one)
        #expect(parser.unread == 4 + one.readableBytes)
        #expect(parser.capacity < 4 * RequestParser.longestHead)
    }
}
