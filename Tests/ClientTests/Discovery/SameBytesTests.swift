import Foundation
import Measure
import TestServer
import Testing
import Wire

@testable import Client

@Suite("What the load sends, the trial has sent", .timeLimit(.minutes(10)))
struct SameBytesTests {
    private static let counted = Reading.event(
        "{\"choices\":[],\"usage\":{\"prompt_tokens\":44,\"completion_tokens\":1}}")

    /// A request without what may differ: prompt, id, length, and the number of tokens asked for.
    private func comparable(_ request: String) -> String {
        var text = request
        let patterns = [
            (
                "x-request-id: [0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\r\n",
                "ID\r\n"
            ),
            ("content-length: [0-9]+\r\n", "LENGTH\r\n"), ("\"content\":\"[a-z ]+\"", "PROMPT"),
            ("\"prompt\":\"[a-z ]+\"", "PROMPT"),
            ("\"(max_tokens|max_completion_tokens|min_tokens)\":[0-9]+", "TOKENS"),
        ]
        for (pattern, word) in patterns {
            text = text.replacingOccurrences(of: pattern, with: word, options: .regularExpression)
        }
        return text
    }

    @Test("the same bytes, whatever was learned on the way", arguments: 0..<4)
    func sameBytes(way: Int) async throws {
        let server = try ScriptedServer { request in
            if request.hasPrefix("GET ") { return ScriptedServer.json("[\"m\"]") }
            let path = String(request.split(separator: " ")[1])
            switch way {
            case 1 where request.contains("ignore_eos"):
                return ScriptedServer.json("{\"error\":\"ignore_eos?\"}", status: "400 X")
            case 2 where path.contains("chat"):
                return ScriptedServer.json("{}", status: "404 X")
            case 3 where !path.contains("/there"):
                return .answer(
                    "HTTP/1.1 307 X\r\nlocation: /there\(path)\r\ncontent-length: 0\r\n\r\n")
            default: break
            }
            let token =
                way == 2
                ? Reading.event("{\"choices\":[{\"text\":\"a\"}]}") : Reading.delta("\"content\":\"a\"")
            return ScriptedServer.stream([token, Self.counted, Reading.event("[DONE]")])
        }
        defer { server.stop() }
        let settings = ClientSettings.patient(
            apiKey: Secret("sk-12345678"),
            headers: [("Host", Secret("virtual.example")), ("X-A", Secret("b"))])
        let found = try await discover(server.url, settings: settings)
        let trials = server.requests.filter { $0.hasPrefix("POST ") }
        var rig = try await LoadRig(found)
        try await rig.hold(2)
        try await rig.until { $0.good.count >= 6 }
        try await rig.end()
        let load = server.requests.filter { $0.hasPrefix("POST ") }.dropFirst(trials.count)
        // What was accepted last is what the load sends: trial and calibration alike.
        #expect(trials.count >= 2 && load.count >= 6)
        #expect(Set(load.map(comparable)) == Set(trials.suffix(2).map(comparable)))
        #expect(comparable(load.first ?? "").contains("ID\r\nLENGTH\r\n\r\n"))
        // No id and no prompt comes twice.
        let all = trials + load
        #expect(Set(all).count == all.count)
    }

    @Test("a server that takes nothing but UUIDs for ids, and wants one")
    func onlyUUIDs() async throws {
        let server = try ScriptedServer { request in
            if request.hasPrefix("GET ") { return ScriptedServer.json("[\"m\"]") }
            let line = request.components(separatedBy: "\r\n").first { $0.hasPrefix("x-request-id: ") }
            guard let line, UUID(uuidString: String(line.dropFirst(14))) != nil else {
                return ScriptedServer.json("", status: "400 X")
            }
            return ScriptedServer.stream([
                Reading.delta("\"content\":\"a\""), Self.counted, Reading.event("[DONE]"),
            ])
        }
        defer { server.stop() }
        var rig = try await LoadRig(try await discover(server.url))
        try await rig.hold(2)
        try await rig.until { $0.good.count >= 6 }
        try await rig.end()
        #expect(rig.failed.isEmpty)
    }

    @Test(
        "where streams count nothing, an answer that isn't streamed does",
        arguments: [(2, 2.0), (1, 1.0), (4, 4.0)])
    func unstreamed(tokensPerChunk: Int, expected: Double) async throws {
        let server = try ScriptedServer { request in
            if request.hasPrefix("GET ") { return ScriptedServer.json("[\"m\"]") }
            let body = request.components(separatedBy: "\r\n\r\n").dropFirst().joined()
            let json = JSONValue(parsing: Array(body.utf8)) ?? .null
            let tokens = json["max_tokens"]?.integer ?? 0
            let words = json["messages"]?.array?.first?["content"]?.string?.split(separator: " ").count ?? 0
            if json["stream"] == .bool(false) {
                guard json["stream_options"] == nil else { return ScriptedServer.json("{}", status: "400 X") }
                return ScriptedServer.json(
                    "{\"choices\":[{\"message\":{\"content\":\"a\"}}],\"usage\":"
                        + "{\"prompt_tokens\":\(words + 11),\"completion_tokens\":\(tokens)}}")
            }
            let chunks = Array(
                repeating: Reading.delta("\"content\":\"aaaa\""), count: tokens / tokensPerChunk)
            return ScriptedServer.stream(chunks + [Reading.event("[DONE]")])
        }
        defer { server.stop() }
        let found = try await discover(server.url, inputTokens: 100)
        #expect(found.calibration.isSettled)
        #expect(found.calibration.words == 89)
        #expect(found.norm.tokensPerChunk == expected)
        #expect(found.notes.count == 1 && found.notes[0].text.hasPrefix("no token counts"))
    }
}
