import Foundation
import Measure
import TestServer
import Testing
import Wire

@testable import Client

@Suite("A server that quotes the session's secrets", .timeLimit(.minutes(10)))
struct QuotedSecretsTests {
    private static let key = "sk-Winterreise-1827"
    private static let header = "Lindenbaum-4711"
    private static let query = "Leiermann-0815"

    private static var settings: ClientSettings {
        ClientSettings.patient(
            apiKey: Secret(key),
            headers: [("X-Team", Secret("Token \(header)")), ("Accept-Language", Secret("de"))])
    }

    /// All that the server says of them, in all the ways in which servers quote.
    private static let quotes = [
        key, header, query, "Bearer \(key)", "sk-W…1827", "****1827",
        Data("user:\(key)".utf8).base64EncodedString(),
        "code=\(query)", "Token \(header)",
    ]

    private func expectNothing(in text: String) {
        // A port may be like a part of a key.
        let text = text.replacing(/127\.0\.0\.1:\d+/, with: "here")
        for part in ["Winterreise", "1827", "Lindenbaum", "4711", "Leiermann", "0815", "V2ludGVycmVpc2"] {
            #expect(!text.contains(part), "\(text)")
        }
    }

    private static func json(_ text: String) -> String { JSONValue.quoted(text) }

    @Test("in a refusal, whatever its status", arguments: quotes)
    func refusals(quote: String) async throws {
        for status in ["401 X", "400 X", "404 X", "429 X", "500 X", "503 X"] {
            let server = try ScriptedServer { _ in
                ScriptedServer.json(
                    "{\"error\":{\"message\":\(Self.json("not with \(quote)"))}}", status: status)
            }
            defer { server.stop() }
            for model in [nil, "m"] {
                let error = try await #require(throws: DiscoveryError.self) {
                    try await discover(
                        server.url + "/v1?code=\(Self.query)", model: model, settings: Self.settings)
                }
                expectNothing(in: "\(error)")
                expectNothing(in: "\(error.failure)")
                #expect("\(error)".contains("•••"))
            }
        }
    }

    @Test("in the stream, in a page, as garbage, in a redirect", arguments: quotes)
    func others(quote: String) async throws {
        let replies: [ScriptedServer.Reply] = [
            ScriptedServer.stream([Reading.event("{\"error\":{\"message\":\(Self.json(quote))}}")]),
            ScriptedServer.stream(["data: {\"broken \(quote)\n\n"]),
            ScriptedServer.json("<html><head><title>Hello \(quote)</title></head></html>", status: "400 X"),
            ScriptedServer.json("{\"said\":\(Self.json(quote))}"), .lastAnswer("Hello \(quote)\r\n\r\n"),
            .answer(
                "HTTP/1.1 307 X\r\nlocation: http://other.example/\(quote.replacing(" ", with: "/"))\r\ncontent-length: 0\r\n\r\n"
            ),
        ]
        for reply in replies {
            let server = try ScriptedServer { request in
                request.hasPrefix("GET ") ? ScriptedServer.json("[\"m\"]") : reply
            }
            defer { server.stop() }
            let error = try await #require(throws: DiscoveryError.self) {
                try await discover(server.url + "/v1?code=\(Self.query)", settings: Self.settings)
            }
            expectNothing(in: "\(error)")
            expectNothing(in: "\(error.failure)")
        }
    }

    @Test("as a model's name, an owner's, or the server's own; what is sent is whole", arguments: quotes)
    func names(quote: String) async throws {
        let model = "model-\(quote)"
        let server = try ScriptedServer { request in
            guard request.hasPrefix("POST ") else {
                let body = "{\"data\":[{\"id\":\(Self.json(model))},{\"id\":\(Self.json("x" + quote))}]}"
                return .answer(
                    "HTTP/1.1 200 OK\r\nserver: \(quote)\r\ncontent-length: \(body.utf8.count)\r\n\r\n\(body)"
                )
            }
            return request.contains("\"model\":\(Self.json(model))")
                ? ScriptedServer.stream([Reading.delta("\"content\":\"a\""), Reading.event("[DONE]")])
                : ScriptedServer.json("{\"error\":\"no model\"}", status: "404 X")
        }
        defer { server.stop() }
        let found = try await discover(server.url + "/v1?code=\(Self.query)", settings: Self.settings)
        #expect(found.model == model)
        expectNothing(in: "\(found.info) \(found.notes)")
        #expect(found.info.model.text.contains("•••"))
        let error = try await #require(throws: DiscoveryError.self) {
            try await discover(server.url + "/v1?code=\(Self.query)", model: "other", settings: Self.settings)
        }
        expectNothing(in: "\(error)")
        #expect("\(error)".contains("it has: "))
    }

    /// The route that a server names is one of its texts: it is asked there, and shown without them.
    @Test("as the path of a redirect on the same origin", arguments: quotes)
    func routes(quote: String) async throws {
        let path = quote.replacing(" ", with: "/").replacing("…", with: "...").replacing("=", with: "/")
        let server = try ScriptedServer { request in
            let isThere = request.prefix { $0 != "\r" }.contains("/moved/")
            if request.hasPrefix("GET ") { return ScriptedServer.json("[\"m\"]") }
            guard !isThere else {
                return ScriptedServer.stream([Reading.delta("\"content\":\"a\""), Reading.event("[DONE]")])
            }
            return .answer(
                "HTTP/1.1 307 X\r\nlocation: /moved/\(path)/chat/completions\r\ncontent-length: 0\r\n\r\n")
        }
        defer { server.stop() }
        let found = try await discover(server.url + "/v1?code=\(Self.query)", settings: Self.settings)
        expectNothing(in: "\(found.info) \(found.notes)")
        #expect(found.info.url.text.contains("•••"))
    }

    @Test(
        "names are sent as the server gave them, however they look",
        arguments: [
            String(repeating: "long/", count: 200), "a\"b\\c", "tab\tand\u{1}", "ü/日本", "\u{202E}evil",
        ])
    func sentWhole(model: String) async throws {
        let server = try ScriptedServer { request in
            guard request.hasPrefix("POST ") else { return ScriptedServer.json("[\(Self.json(model))]") }
            let body = request.components(separatedBy: "\r\n\r\n").dropFirst().joined()
            return JSONValue(parsing: Array(body.utf8))?["model"]?.string == model
                ? ScriptedServer.stream([Reading.delta("\"content\":\"a\""), Reading.event("[DONE]")])
                : ScriptedServer.json("{}", status: "404 X")
        }
        defer { server.stop() }
        let found = try await discover(server.url)
        #expect(found.model == model)
        #expect(found.info.model.text.count <= 121)
        #expect(!found.info.model.text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
    }
}
