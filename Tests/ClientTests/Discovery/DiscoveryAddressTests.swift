import Foundation
import Measure
import Simulator
import TestServer
import Testing
import Wire

@testable import Client

@Suite("Discovery where there is no simulator", .timeLimit(.minutes(10)))
struct DiscoveryAddressTests {
    private static let models = "{\"data\":[{\"id\":\"first\"},{\"id\":\"second\"}]}"
    private static let answer = [
        Reading.event("{\"choices\":[{\"text\":\"a\"}]}"),
        Reading.event(
            "{\"choices\":[],\"usage\":{\"prompt_tokens\":40,\"completion_tokens\":1}}"),
        Reading.event("[DONE]"),
    ]

    private func failure(
        _ url: String, settings: ClientSettings = ClientSettings.patient(), model: String? = nil
    )
        async throws -> DiscoveryError
    {
        try #require(
            await #expect(throws: DiscoveryError.self) {
                try await discover(url, model: model, settings: settings)
            })
    }

    @Test("nobody listens")
    func refused() async throws {
        let (socket, port) = try ScriptedServer.reserve()
        defer { close(socket) }
        let error = try await failure("http://127.0.0.1:\(port)")
        #expect(error.failure.kind == .connectionRefused)
        #expect("\(error)".contains("127.0.0.1:\(port)"))
    }

    @Test("no such host")
    func noSuchHost() async throws {
        let error = try await failure("http://no-such-host.invalid:8000")
        #expect(error.failure.kind == .nameNotFound)
        #expect("\(error)".contains("no-such-host.invalid"))
    }

    @Test("TLS spoken to a server that does not")
    func noTLS() async throws {
        try await withServer { server in
            let error = try await failure(
                "https://127.0.0.1:\(server.port)", settings: ClientSettings(requestTimeout: 2 * .second))
            let kind = error.failure.kind
            #expect([.tls, .closedEarly, .timeout].contains(kind), "\(error)")
        }
    }

    /// Whichever of the two is over first.
    @Test(
        "a server that takes no more connections: the connect time-out",
        arguments: [(Nanoseconds.second / 5, 20 * .second), (3600 * .second, .second / 5)])
    func connectTimeout(connecting: Nanoseconds, answering: Nanoseconds) async throws {
        let (listener, port) = try ScriptedServer.listen(backlog: 0)
        defer { close(listener) }
        // The queue of one is filled; the next one knocks in vain.
        var fillers: [Int32] = []
        for _ in 0..<3 {
            let filler = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = UInt16(port).bigEndian
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    _ = connect(filler, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            fillers.append(filler)
        }
        defer { fillers.forEach { close($0) } }
        let error = try await failure(
            "http://127.0.0.1:\(port)",
            settings: ClientSettings(connectTimeout: connecting, requestTimeout: answering))
        #expect(error.failure.kind == .connectTimeout)
    }

    @Test("a server without chat completions is asked for text completions")
    func textFallBack() async throws {
        let server = try ScriptedServer { request in
            if request.hasPrefix("GET /v1/models ") { return ScriptedServer.json(Self.models) }
            if request.hasPrefix("POST /v1/completions ") { return ScriptedServer.stream(Self.answer) }
            return ScriptedServer.json("{\"detail\":\"Not Found\"}", status: "404 Not Found")
        }
        defer { server.stop() }
        let found = try await discover(server.url)
        #expect(found.info.dialect == "completions")
        #expect(found.info.model == "first")
        #expect(found.info.url.text == server.url + "/v1/completions")
    }

    @Test("llama.cpp is known by its list, and asked to leave its prompt cache alone")
    func llamaCpp() async throws {
        let server = try ScriptedServer { request in
            request.hasPrefix("GET ")
                ? ScriptedServer.json("{\"data\":[{\"id\":\"m\",\"owned_by\":\"llamacpp\"}]}")
                : ScriptedServer.stream([
                    Reading.delta("\"content\":\"a\""), Self.answer[1], Self.answer[2],
                ])
        }
        defer { server.stop() }
        let found = try await discover(server.url)
        #expect(found.info.capabilities.contains("cache_prompt"))
        #expect(server.requests.last?.contains("\"cache_prompt\":false") == true)
    }

    @Test("a server that has no list of models is asked all the same, if a model is named")
    func noList() async throws {
        let server = try ScriptedServer { request in
            request.hasPrefix("GET ")
                ? ScriptedServer.json("{}", status: "404 Not Found")
                : ScriptedServer.stream([Reading.delta("\"content\":\"a\""), Self.answer[2]])
        }
        defer { server.stop() }
        let error = try await failure(server.url)
        #expect("\(error)".contains("--model"))
        let found = try await discover(server.url, model: "mine")
        #expect(found.info.model == "mine")
        // Nothing was counted: the notes say so.
        #expect(found.notes.count == 2)
    }

    @Test("max_tokens refused in favour of max_completion_tokens")
    func completionTokens() async throws {
        let server = try ScriptedServer { request in
            if request.hasPrefix("GET ") { return ScriptedServer.json(Self.models) }
            if request.contains("\"max_tokens\"") {
                return ScriptedServer.json(
                    "{\"error\":{\"message\":\"Unsupported parameter: 'max_tokens'. Use "
                        + "'max_completion_tokens' instead.\"}}", status: "400 Bad Request")
            }
            return ScriptedServer.stream([
                Reading.delta("\"content\":\"a\""), Self.answer[1], Self.answer[2],
            ])
        }
        defer { server.stop() }
        let found = try await discover(server.url)
        #expect(found.info.capabilities.contains("max_completion_tokens"))
        #expect(server.requests.last?.contains("\"max_completion_tokens\":4") == true)
    }

    @Test("a server that refuses whatever it is asked is not asked for ever")
    func refusesEverything() async throws {
        let server = try ScriptedServer { request in
            request.hasPrefix("GET ")
                ? ScriptedServer.json(Self.models)
                : ScriptedServer.json("{\"error\":\"no\"}", status: "400 Bad Request")
        }
        defer { server.stop() }
        let error = try await failure(server.url)
        #expect(error.failure.kind == .rejected)
        #expect(server.requests.count < 20)
    }

    @Test("a page in place of the models, and of everything else")
    func pages() async throws {
        let page = "<html>\u{1B}[31mIt works</html>"
        let server = try ScriptedServer { _ in
            .answer(
                "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: \(page.utf8.count)\r\n\r\n\(page)"
            )
        }
        defer { server.stop() }
        let unlisted = try await failure(server.url)
        #expect("\(unlisted)".contains("--model"))
        let error = try await failure(server.url, model: "m")
        #expect(error.failure.kind == .notAStream)
        #expect(!"\(error)".unicodeScalars.contains { $0.value < 0x20 })
    }

    @Test("the key and further headers go out with every request, and nowhere else")
    func headers() async throws {
        let server = try ScriptedServer { request in
            request.hasPrefix("GET ")
                ? ScriptedServer.json(Self.models)
                : ScriptedServer.json("{\"error\":\"no\"}", status: "500 Oops")
        }
        defer { server.stop() }
        let settings = ClientSettings.patient(
            apiKey: Secret("hunter2"), headers: [("x-team", Secret("blue"))])
        let error = try await failure(server.url, settings: settings)
        #expect(server.requests.allSatisfy { $0.contains("\r\nauthorization: Bearer hunter2\r\n") })
        #expect(server.requests.allSatisfy { $0.contains("\r\nx-team: blue\r\n") })
        #expect(!"\(error)".contains("hunter2"))
    }
}
