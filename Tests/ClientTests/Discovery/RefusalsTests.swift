import Foundation
import Measure
import Synchronization
import TestServer
import Testing
import Wire

@testable import Client

@Suite("Discovery: what is refused, and what is tried then", .timeLimit(.minutes(10)))
struct RefusalsTests {
    private static let answer = [
        Reading.delta("\"content\":\"a\""), Reading.event("{\"choices\":[{\"text\":\"a\"}]}"),
        Reading.event("{\"choices\":[],\"usage\":{\"prompt_tokens\":40,\"completion_tokens\":2}}"),
        Reading.event("[DONE]"),
    ]

    /// A server with these models, that refuses what `refuse` says with a status and a body.
    private func withServer(
        models: String = "{\"data\":[{\"id\":\"m\"}]}",
        refuse: @escaping @Sendable (_ path: String, _ body: JSONValue) -> (String, String)?,
        _ body: (ScriptedServer) async throws -> Void
    ) async throws {
        let server = try ScriptedServer { request in
            if request.hasPrefix("GET ") { return ScriptedServer.json(models) }
            let path = String(request.split(separator: " ")[1])
            let text = request.components(separatedBy: "\r\n\r\n").dropFirst().joined()
            let json = JSONValue(parsing: Array(text.utf8)) ?? .null
            if let (status, said) = refuse(path, json) { return ScriptedServer.json(said, status: status) }
            return ScriptedServer.stream(Self.answer)
        }
        defer { server.stop() }
        try await body(server)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var field: String
        var status: String
        var said: String
        var testDescription: String { "\(field): \(status) \(said)" }
    }

    /// `F` stands for the field.
    private static let ways = [
        ("400 Bad Request", #"{"error":{"message":"unexpected argument 'F'"}}"#),
        ("422 X", #"{"detail":[{"type":"extra_forbidden","loc":["body","F"],"msg":"Extra inputs"}]}"#),
        ("500 X", #"{"error":{"message":"backend failed: got an unexpected keyword argument 'F'"}}"#),
        ("400 X", #"{"error":{"message":"no","param":"F"}}"#), ("501 X", #"{"message":"{\"error\":\"F\"}"}"#),
        ("400 X", "unknown field \"F\""), ("400 X", #"{"error":"no"}"#), ("422 X", ""),
        ("500 X", #"{"detail":"oops"}"#),
        // Of any status, if it is named; in any language; as an echo.
        ("403 X", #"{"message":"field F is not allowed by policy"}"#),
        ("503 X", #"{"error":{"message":"worker: unexpected argument F"}}"#),
        ("400 X", #"{"error":{"message":"Der Parameter »F« wird nicht unterstützt."}}"#),
        ("400 X", #"{"code":1210,"msg":"不支持参数F。"}"#), ("200 OK", #"{"error":{"message":"unknown field F"}}"#),
        ("400 X", "<html><head><title>400 Bad Request</title></head></html>"),
        ("400 X", #"{"errors":[{"instancePath":"/F","keyword":"additionalProperties"}]}"#),
    ]
    private static let cases = ["ignore_eos", "min_tokens", "temperature", "continuous_usage_stats"].flatMap {
        field in
        ways.map { Case(field: field, status: $0.0, said: $0.1.replacing("F", with: field)) }
    }

    @Test("a field that is refused, named or not, is dropped alone", arguments: cases)
    func oneField(refused: Case) async throws {
        try await withServer { _, body in
            let has = body[refused.field] ?? body["stream_options"]?[refused.field]
            return has == nil ? nil : (refused.status, refused.said)
        } _: { server in
            let found = try await discover(server.url)
            let expected = Set([
                "include_usage", "continuous_usage_stats", "ignore_eos", "min_tokens", "temperature",
            ])
            #expect(Set(found.info.capabilities) == expected.subtracting([refused.field]))
            #expect(found.notes.contains { $0.text == "refused: \(refused.field)" })
        }
    }

    @Test("two that no refusal names; and all of them")
    func several() async throws {
        for refused in [
            ["ignore_eos", "temperature"], ["ignore_eos", "min_tokens", "temperature", "stream_options"],
        ] {
            try await withServer { _, body in
                refused.contains { body[$0] != nil } ? ("400 Bad Request", #"{"error":"no"}"#) : nil
            } _: { server in
                let found = try await discover(server.url)
                for field in refused { #expect(!found.info.capabilities.contains(field)) }
                #expect(found.info.capabilities.contains("min_tokens") == !refused.contains("min_tokens"))
                #expect(
                    found.info.capabilities.contains("include_usage") == !refused.contains("stream_options"))
            }
        }
    }

    @Test(
        "stream_options is dropped as a whole only where the whole is refused",
        arguments: [true, false])
    func streamOptions(whole: Bool) async throws {
        try await withServer { _, body in
            let options = body["stream_options"]
            let isRefused = whole ? options != nil : options?["continuous_usage_stats"] != nil
            return isRefused ? ("400 X", #"{"error":{"message":"bad stream_options"}}"#) : nil
        } _: { server in
            let found = try await discover(server.url)
            #expect(found.info.capabilities.contains("include_usage") == !whole)
            #expect(!found.info.capabilities.contains("continuous_usage_stats"))
        }
    }

    @Test(
        "an answer that is too short grows",
        arguments: [
            (16, "max_tokens must be at least 16"), (64, "output is too short, minimum is 64"),
            (5, "Input should be greater than or equal to 5"),
        ])
    func tooShort(least: Int, said: String) async throws {
        try await withServer { _, body in
            (body["max_tokens"]?.integer ?? 0) < least
                ? ("400 X", "{\"error\":{\"message\":\"\(said)\"}}") : nil
        } _: { server in
            let found = try await discover(server.url)
            #expect(found.info.capabilities.count == 5)
            #expect(found.notes.contains { $0.text.contains("shorter than") })
        }
    }

    @Test(
        "the limit's other name",
        arguments: [
            "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.",
            "unknown field max_tokens",
            "max_tokens", "max_tokens is deprecated",
        ])
    func limitName(said: String) async throws {
        try await withServer { _, body in
            body["max_tokens"] != nil ? ("400 X", "{\"error\":{\"message\":\"\(said)\"}}") : nil
        } _: { server in
            let found = try await discover(server.url)
            #expect(found.info.capabilities.contains("max_completion_tokens"))
            #expect(found.info.capabilities.count == 6)
        }
    }

    @Test(
        "the other API is tried on any refusal that isn't about the key",
        arguments: [
            ("400 Bad Request", #"{"message":"this tokenizer has no chat template"}"#), ("404 Not Found", ""),
            ("405 X", ""), ("422 X", "no"), ("500 X", #"{"error":{"message":"oops"}}"#),
            ("501 X", "not implemented"),
            ("200 OK", "{}"), ("200 OK", #"{"error":"no chat"}"#), ("410 Gone", ""), ("415 X", ""),
        ])
    func otherAPI(status: String, said: String) async throws {
        try await withServer { path, _ in
            path.hasSuffix("/chat/completions") ? (status, said) : nil
        } _: { server in
            let found = try await discover(server.url)
            #expect(found.info.dialect == "completions")
            #expect(found.info.capabilities.count == 5)
            #expect(found.notes.contains { $0.text.hasPrefix("chat is refused: ") })
        }
    }

    @Test(
        "a refused key is not tried elsewhere; the message says what is known of the key",
        arguments: [401, 403])
    func key(status: Int) async throws {
        try await withServer { _, _ in
            ("\(status) X", #"{"error":{"message":"bad key"}}"#)
        } _: { server in
            let none = try await #require(throws: DiscoveryError.self) { try await discover(server.url) }
            #expect("\(none)".contains("name the variable"))
            #expect(server.requests.filter { $0.hasPrefix("POST") }.count == 1)
            let given = try await #require(throws: DiscoveryError.self) {
                try await discover(
                    server.url, settings: ClientSettings.patient(apiKey: Secret("sk-12345678")))
            }
            #expect("\(given)".contains("the key that --api-key-env names is refused"))
            let header = try await #require(throws: DiscoveryError.self) {
                try await discover(
                    server.url,
                    settings: ClientSettings.patient(headers: [("X-Api-Key", Secret("sk-12345678"))]))
            }
            #expect("\(header)".contains("the key given with --header is refused"))
            let query = try await #require(throws: DiscoveryError.self) {
                try await discover(server.url + "?key=sk-12345678")
            }
            #expect("\(query)".contains("the key in the URL is refused"))
            let harmless = try await #require(throws: DiscoveryError.self) {
                try await discover(server.url + "?api-version=2024-10-21")
            }
            #expect("\(harmless)".contains("name the variable"))
        }
    }

    @Test("with several models the first that answers chat is taken, and the others are named")
    func severalModels() async throws {
        let models = #"{"data":[{"id":"embed"},{"id":"rerank"},{"id":"good"},{"id":"also"}]}"#
        try await withServer(models: models) { path, body in
            let isGood = ["good", "also"].contains(body["model"]?.string ?? "")
            // Completions would take anything: chat comes first all the same.
            return isGood || !path.hasSuffix("/chat/completions")
                ? nil : ("400 X", #"{"message":"The model does not support Chat Completions API"}"#)
        } _: { server in
            let found = try await discover(server.url)
            #expect(found.info.model == "good")
            #expect(found.info.dialect == "chat")
            #expect(found.info.capabilities.count == 5)
            #expect(found.notes == ["the first of 4 models that answers; the others: embed, rerank, also"])
        }
    }

    @Test("a key that isn't good for the first model may be for another")
    func forbiddenModel() async throws {
        try await withServer(models: #"["big","small"]"#) { _, body in
            body["model"]?.string == "big" ? ("403 X", #"{"error":{"message":"no access"}}"#) : nil
        } _: { server in
            let found = try await discover(server.url)
            #expect(found.info.model == "small")
        }
    }

    @Test(
        "a gateway's limits and the servers behind it are for each model its own",
        arguments: [
            ("503 X", "no healthy worker for this model"), ("429 X", "rate-limited upstream"),
            ("500 X", "no endpoints"), ("502 X", "upstream"),
        ])
    func unservedModel(status: String, said: String) async throws {
        try await withServer(models: #"["big","small"]"#) { _, body in
            body["model"]?.string == "big" ? (status, "{\"error\":{\"message\":\"\(said)\"}}") : nil
        } _: { server in
            let found = try await discover(server.url)
            #expect(found.info.model == "small" && found.info.dialect == "chat")
            let error = try await #require(throws: DiscoveryError.self) {
                try await discover(server.url, model: "big")
            }
            #expect("\(error)".contains(said))
        }
    }

    @Test("what is said when nothing is accepted is what says most")
    func mostTelling() async throws {
        func failure(_ refuse: @escaping @Sendable (String, JSONValue) -> (String, String)?) async throws
            -> String
        {
            var text = ""
            try await withServer(refuse: refuse) { server in
                let error = try await #require(throws: DiscoveryError.self) {
                    try await discover(server.url, model: "mine")
                }
                text = "\(error)"
                #expect(server.requests.count < 20)
            }
            return text
        }
        let noRoute = ("404 Not Found", #"{"detail":"Not Found"}"#)
        let chatOnly = try await failure { path, _ in
            path.hasSuffix("/chat/completions") ? ("400 X", #"{"error":"bad one"}"#) : noRoute
        }
        #expect(chatOnly.contains("bad one"))
        let textOnly = try await failure { path, _ in
            path.hasSuffix("/chat/completions")
                ? noRoute : ("400 X", #"{"error":"maximum context length is 9"}"#)
        }
        #expect(textOnly.contains("context length") && textOnly.contains("--input-tokens"))
        let noModel = try await failure { path, _ in
            path.hasSuffix("/chat/completions")
                ? noRoute : ("404 Not Found", #"{"error":{"message":"The model `mine` does not exist"}}"#)
        }
        #expect(noModel.contains("`mine` does not exist") && noModel.contains("it has: m"))
        let large = try await failure { _, _ in
            ("413 X", "<html><title>413 Request Entity Too Large</title></html>")
        }
        #expect(large.contains("413 Request Entity Too Large") && large.contains("--input-tokens"))
        let plain = try await failure { _, _ in ("400 X", "Client sent an HTTP request to an HTTPS server.") }
        #expect(plain.contains("try https://"))
        let proxy = try await failure { _, _ in
            ("502 X", "<html><head><title>502 Bad Gateway</title></head></html>")
        }
        #expect(proxy.contains("HTTP 502: 502 Bad Gateway") && !proxy.contains("<"))
    }
}
