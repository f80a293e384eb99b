import Measure
import Simulator
import TestServer
import Testing
import Wire

@testable import Client

@Suite("Discovery: Ollama", .timeLimit(.minutes(10)))
struct OllamaDiscoveryTests {
    private typealias Lines = OllamaAnswerTests

    /// A server that has nothing but Ollama's own routes: it makes as many tokens as it is asked for, and counts
    /// a prompt's words and 12 for the template.
    private static func server(
        tags: String = "{\"models\":[{\"name\":\"qwen3:0.6b\",\"model\":\"qwen3:0.6b\",\"size\":522653767}]}",
        load: Int64? = nil, refusing field: String? = nil
    ) throws -> ScriptedServer {
        try ScriptedServer { request in
            let path = request.split(separator: " ")[1]
            if path == "/api/tags" { return ScriptedServer.json(tags) }
            guard path == "/api/chat" else { return notFound }
            let body = request.firstRange(of: "\r\n\r\n").map { request[$0.upperBound...] } ?? ""
            guard let json = JSONValue(parsing: Array(body.utf8)) else {
                return ScriptedServer.json("{\"error\":\"invalid character\"}", status: "400 Bad Request")
            }
            if let field, json["options"]?[field] != nil {
                return ScriptedServer.json(
                    "{\"error\":\"invalid option provided: \(field)\"}", status: "400 Bad Request")
            }
            guard json["model"]?.string == "qwen3:0.6b" else {
                return ScriptedServer.json("{\"error\":\"model 'x' not found\"}", status: "404 Not Found")
            }
            let prompt = json["messages"]?.array?.last?["content"]?.string ?? ""
            let count = json["options"]?["num_predict"]?.integer ?? 1
            let last = Lines.last(count, prompt: prompt.split(separator: " ").count + 12, load: load)
            return .answer(Lines.answer((0..<count).map { Lines.token("w\($0) ") } + [last]))
        }
    }

    /// As Go's server says it.
    private static let notFound = ScriptedServer.Reply.answer(
        "HTTP/1.1 404 Not Found\r\ncontent-type: text/plain\r\ncontent-length: 18\r\n\r\n404 page not found")

    private static let noForce: Shown =
        "answers may be shorter than asked for: this API has no way to force their length"

    @Test(
        "it is found by its URL, by name, or where OpenAI's routes aren't there",
        arguments: [
            ("/api/chat", false), ("", true), ("/v1", true), ("", false), ("/api", false), ("/v1", false),
        ])
    func found(path: String, isNamed: Bool) async throws {
        let server = try Self.server()
        defer { server.stop() }
        let settings = ClientSettings.patient(
            api: isNamed ? OllamaChat.self : nil, apiKey: Secret("sk-12345678"))
        let found = try await discover(server.url + path, settings: settings)
        #expect(found.info.dialect == "ollama")
        #expect(found.info.url.text == server.url + "/api/chat")
        #expect(found.info.model == "qwen3:0.6b")
        #expect(found.info.server == "Ollama")
        #expect(found.info.capabilities == ["temperature"])
        #expect(found.calibration.observations.last?.tokens == 40)
        let isGuessed = path != "/api/chat" && !isNamed
        #expect(found.notes.contains { $0.text.hasPrefix("chat is refused: ") } == isGuessed)
        #expect(found.notes.filter { !$0.text.hasPrefix("chat is refused: ") } == [Self.noForce])
        let others = server.requests.filter { !$0.contains(" /api/") }
        #expect(others.isEmpty == !isGuessed || path == "/api")
        #expect(server.requests.allSatisfy { $0.contains("authorization: Bearer sk-12345678\r\n") })
    }

    @Test(
        "a model that is named needs no list, but its API has to be there",
        arguments: ["qwen3:0.6b", "other"])
    func namedModel(model: String) async throws {
        let server = try Self.server()
        defer { server.stop() }
        if model == "qwen3:0.6b" {
            #expect(try await discover(server.url, model: model).info.dialect == "ollama")
        } else {
            let error = try await #require(throws: DiscoveryError.self) {
                try await discover(server.url, model: model)
            }
            #expect("\(error)".contains("model 'x' not found"))
            #expect("\(error)".contains("it has: qwen3:0.6b"))
        }
    }

    @Test(
        "where nothing is there, the first API's refusal is what is said",
        arguments: ["{}", "{\"models\":[]}", "{\"data\":[{\"id\":\"m\"}]}", "<html></html>"])
    func nothingThere(tags: String) async throws {
        let server = try Self.server(tags: tags)
        defer { server.stop() }
        for model in [nil, "m"] {
            let error = try await #require(throws: DiscoveryError.self) {
                try await discover(server.url, model: model)
            }
            #expect("\(error)".contains("404 page not found"), "\(error)")
            #expect(!"\(error)".contains("/api/tags"))
        }
    }

    @Test("a server with OpenAI's routes is not asked for Ollama's")
    func openAIGoesFirst() async throws {
        let simulated = try await withServer { try await discover($0.url).info.dialect }
        #expect(simulated == "chat")
        let server = try ScriptedServer { request in
            request.hasPrefix("GET ")
                ? ScriptedServer.json("{\"data\":[{\"id\":\"m\"}]}")
                : ScriptedServer.json("{\"error\":\"no\"}", status: "400 Bad Request")
        }
        defer { server.stop() }
        await #expect(throws: DiscoveryError.self) { _ = try await discover(server.url) }
        #expect(!server.requests.contains { $0.contains("/api/tags") })
    }

    @Test(
        "the time that the model took to load is said",
        arguments: [(3_240_000_000, "3.2"), (40_000_000, nil)])
    func loading(load: Int64, seconds: String?) async throws {
        let server = try Self.server(load: load)
        defer { server.stop() }
        let found = try await discover(server.url + "/api/chat")
        let notes = found.notes.filter { $0.text.contains("loaded") }
        #expect(notes.map { $0.text.contains("for \(seconds ?? "?") s") } == (seconds == nil ? [] : [true]))
    }

    @Test("a field that it refuses is given up", arguments: ["temperature", "num_predict"])
    func refusedField(field: String) async throws {
        let server = try Self.server(refusing: field)
        defer { server.stop() }
        if field == "temperature" {
            let found = try await discover(server.url + "/api/chat")
            #expect(found.info.capabilities == [])
            #expect(found.notes.contains("refused: temperature"))
        } else {
            let error = try await #require(throws: DiscoveryError.self) {
                try await discover(server.url + "/api/chat")
            }
            #expect("\(error)".contains("num_predict"))
        }
    }

    @Test("a load of several users, end to end: its own counts, connections used again")
    func load() async throws {
        let server = try Self.server()
        defer { server.stop() }
        let found = try await discover(server.url)
        var rig = try await LoadRig(found, tokens: 9)
        let before = server.connections
        try await rig.hold(3)
        try await rig.until { $0.good.count >= 30 }
        try await rig.end()
        #expect(rig.failed.isEmpty)
        for request in rig.good {
            #expect(request.outputTokens == 9 && request.chunks == 9)
            #expect(request.tokenSource == .usage)
            #expect(request.finish == .length)
            #expect(request.inputTokens == 40)
            #expect(request.timeToFirstToken != nil)
        }
        #expect(server.connections - before == 3)
    }
}
