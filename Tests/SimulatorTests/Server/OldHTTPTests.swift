import Measure
import NIOCore
import Testing
import Wire

@testable import Simulator

/// Clients of HTTP/1.0, which knows no chunks and no connection that stays by itself.
@Suite(.serialized) struct OldHTTPTests {
    private static func post(_ body: String, _ headers: String = "") -> String {
        "POST /v1/chat/completions HTTP/1.0\r\n\(headers)content-length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    @Test(arguments: ["/health", "/v1/models", "/metrics", "/truth", "/nowhere", "/v1/completions"])
    func wholeAnswersEndTheConnection(path: String) async throws {
        try await withServer { server async throws in
            let client = try RawClient(port: server.port)
            client.send("GET \(path) HTTP/1.0\r\n\r\n")
            #expect(client.read() == .closed)
            let response = Response(prefixOf: client.bytes)
            #expect(response.version == "HTTP/1.0" && response.isComplete)
            #expect(response.headers["connection"] == "close")
        }
    }

    @Test func keepAliveIsAnsweredAsAsked() async throws {
        try await withServer { server async throws in
            let client = try RawClient(port: server.port)
            for path in ["/health", "/metrics", "/v1/models"] {
                client.send("GET \(path) HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n")
                let response = client.takeResponse()
                #expect(response.version == "HTTP/1.0" && response.status == 200)
                #expect(response.headers["connection"] == "keep-alive")
            }
            client.send(Self.post(chat(tokens: 2, stream: false), "Connection: keep-alive\r\n"))
            #expect(client.takeResponse().json?["usage"]?["completion_tokens"]?.integer == 2)
            client.send("GET /health HTTP/1.0\r\n\r\n")
            #expect(client.read() == .closed)
        }
    }

    @Test(arguments: ["", "Connection: keep-alive\r\n", "Expect: 100-continue\r\n"])
    func streamsEndWithTheConnection(headers: String) async throws {
        try await withServer { server async throws in
            let client = try RawClient(port: server.port)
            client.send(Self.post(chat(tokens: 5), headers))
            #expect(client.read() == .closed)
            let response = Response(prefixOf: client.bytes)
            #expect(response.version == "HTTP/1.0" && response.status == 200)
            #expect(response.headers["transfer-encoding"] == nil)
            #expect(response.headers["connection"] == "close")
            #expect(response.headers["x-accel-buffering"] == "no")
            #expect(response.text.hasPrefix("data: {") && response.text.hasSuffix("data: [DONE]\n\n"))
            #expect(response.texts("content").count == 5)
            #expect(response.usage?["completion_tokens"]?.integer == 5)
            #expect(await server.truth()?.totals.finished == 1)
        }
    }

    /// Whatever has its own way of writing knows of it, too.
    @Test(arguments: [
        SimulatorFault.split, .held, .blocks, .bursts, .comments, .drip, .crlf, .several, .tail,
        .openAfterDone, .closeAtDone, .errorEvent, .cutJSON, .namedError, .truncated,
    ])
    func faultsHaveNoChunksEither(fault: SimulatorFault) async throws {
        var settings = SimulatorSettings.quick
        settings.faultTime = 5 * .millisecond
        try await withServer(settings) { server async throws in
            let client = try RawClient(port: server.port)
            client.send(Self.post(chat("fault:\(fault.rawValue)", tokens: 8)))
            #expect(client.read() == .closed)
            let response = Response(prefixOf: client.bytes)
            #expect(response.headers["transfer-encoding"] == nil)
            let lines = response.text.replacing("\r\n", with: "\n").split(separator: "\n")
            #expect(lines.allSatisfy { line in line.hasPrefix(":") || line.contains(": ") })
            #expect(!response.texts("content").isEmpty)
        }
    }

    @Test(arguments: [
        ("close", true), ("Close", true), ("TE, close", true), ("keep-alive", false), ("", false),
        ("closed", false),
    ])
    func theConnectionHeaderIsAList(value: String, closes: Bool) {
        let request = HTTPRequest(
            method: "GET", path: "/", query: "", headers: ["connection": value], body: .init(), isOld: false,
            received: .zero)
        #expect(request.wantsClose == closes)
    }

    @Test(arguments: ["/metrics", "/truth", "/truth/reset", "/health"])
    func lateAnswersCloseToo(path: String) async throws {
        try await withServer { server async throws in
            let client = try RawClient(port: server.port)
            client.send("GET \(path) HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            #expect(client.read() == .closed)
            #expect(Response(prefixOf: client.bytes).status == 200)
        }
    }
}
