import Measure
import Synchronization
import TestServer
import Testing
import Wire

@testable import Client

/// Pages over a connection that is kept.
@Suite(.timeLimit(.minutes(5))) struct ServerPagesTests {
    private final class Body: Sendable {
        private let bytes = Mutex<[UInt8]>([])
        func take(_ part: [UInt8]) { bytes.withLock { $0 += part } }
        var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
    }

    private func pages(_ server: ScriptedServer, _ settings: ClientSettings = ClientSettings()) throws
        -> ServerPages
    {
        ServerPages(try EndpointAddress(parsing: server.url), settings: settings)
    }

    private func get(
        _ path: String, _ pages: ServerPages, within limit: Nanoseconds = 60 * .second
    ) async throws -> String {
        let body = Body()
        _ = try await pages.get(path, within: limit) { body.take($0) }
        return body.text
    }

    @Test func oneConnectionForMany() async throws {
        let server = try ScriptedServer { _ in ScriptedServer.page("a 1\n") }
        let pages = try pages(server)
        for _ in 0..<5 { #expect(try await get("/metrics", pages) == "a 1\n") }
        #expect(server.connections == 1 && server.requests.count == 5)
        #expect(await pages.isOnThisMachine == true)
        server.stop()
    }

    @Test func closedWithoutAWord() async throws {
        let server = try ScriptedServer { _ in
            .lastAnswer("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\na 1\n")
        }
        let pages = try pages(server)
        for _ in 0..<3 { #expect(try await get("/metrics", pages) == "a 1\n") }
        #expect(server.connections == 3 && server.requests.count == 3)
        server.stop()
    }

    @Test func endsWithTheConnection() async throws {
        let server = try ScriptedServer { _ in .lastAnswer("HTTP/1.1 200 OK\r\n\r\na 1\n") }
        #expect(try await get("/metrics", pages(server)) == "a 1\n")
        server.stop()
    }

    @Test func followsOnTheSameOriginOnly() async throws {
        let server = try ScriptedServer { request in
            if request.hasPrefix("GET /metrics/ ") { return ScriptedServer.page("a 1\n") }
            let place = request.hasPrefix("GET /metrics ") ? "/metrics/" : "http://elsewhere.example/"
            return ScriptedServer.page("", status: "307 Temporary Redirect", headers: ["location: \(place)"])
        }
        let pages = try pages(server)
        #expect(try await get("/metrics", pages) == "a 1\n")
        await #expect(throws: RequestFailure.self) { try await get("/other", pages) }
        server.stop()
    }

    @Test(arguments: [401, 404, 500])
    func refusals(status: Int) async throws {
        let server = try ScriptedServer { _ in
            ScriptedServer.page(#"{"error":"so it is"}"#, status: "\(status) No")
        }
        let pages = try pages(server)
        let failure = await #expect(throws: RequestFailure.self) { try await get("/metrics", pages) }
        #expect(failure?.status == status && failure?.message.text.contains("so it is") == true)
        #expect(server.connections == 1)
        server.stop()
    }

    @Test func silenceAndDrips() async throws {
        let server = try ScriptedServer { request in
            request.hasPrefix("GET /silent ")
                ? .silence : .endless("HTTP/1.1 200 OK\r\n\r\n", "a", pause: 10)
        }
        let pages = try pages(server)
        for path in ["/silent", "/drip"] {
            let failure = await #expect(throws: RequestFailure.self) {
                try await get(path, pages, within: 300 * .millisecond)
            }
            #expect(failure?.kind == .timeout)
        }
        server.stop()
    }

    private struct Enough: Error {}

    @Test func whoTakesItMayEndIt() async throws {
        let server = try ScriptedServer { request in
            request.hasPrefix("GET /endless ")
                ? .endless("HTTP/1.1 200 OK\r\n\r\n", String(repeating: "a", count: 1_000), pause: 0)
                : ScriptedServer.page("a 1\n")
        }
        let pages = try pages(server)
        await #expect(throws: Enough.self) {
            _ = try await pages.get("/endless", within: 60 * .second) { _ in throw Enough() }
        }
        #expect(try await get("/metrics", pages) == "a 1\n", "on a new connection")
        server.stop()
    }

    @Test func aTaskThatIsCancelledDoesNotWait() async throws {
        let server = try ScriptedServer { _ in .silence }
        let pages = try pages(server)
        let asking = Task { try await get("/metrics", pages, within: 3_600 * .second) }
        while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        asking.cancel()
        await #expect(throws: (any Error).self) { try await asking.value }
        server.stop()
    }

    @Test func nobodyThere() async throws {
        let (socket, port) = try ScriptedServer.reserve()
        defer { withExtendedLifetime(socket) {} }
        let pages = ServerPages(
            try EndpointAddress(parsing: "127.0.0.1:\(port)"), settings: ClientSettings())
        let failure = await #expect(throws: RequestFailure.self) { try await get("/metrics", pages) }
        #expect(failure?.kind == .connectionRefused)
    }

    // MARK: Names

    @Test func whatItIsCalled() async throws {
        let server = try ScriptedServer { request in
            if request.hasPrefix("GET /v1/models ") {
                return ScriptedServer.json(#"{"data":[{"id":"llama-70b","owned_by":"vllm"}]}"#)
            }
            if request.hasPrefix("GET /version ") { return ScriptedServer.json(#"{"version":"0.33.0"}"#) }
            return ScriptedServer.page("", status: "404 Not Found")
        }
        let name = try await pages(server).name(below: "", within: 60 * .second)
        #expect(name == ServerName(model: "llama-70b", server: "vllm 0.33.0"))
        #expect(server.requests.allSatisfy { $0.hasPrefix("GET ") }, "nothing that costs a token")
        server.stop()
    }

    @Test func whoDoesNotSay() async throws {
        let server = try ScriptedServer { _ in ScriptedServer.page("", status: "404 Not Found") }
        #expect(try await pages(server).name(below: "", within: 60 * .second) == nil)
        server.stop()
    }
}
