import Foundation
import Testing

extension Scenarios {
    private static let sweep = ["--users", "1", "--headless", "--timeout", "3s"] + Endpoint.short

    @Test(
        "An endpoint that refuses everything: why, exit code 3, and no recording of nothing",
        arguments: [
            ("unauthorized", "401"), ("not-found", "404"), ("rate-limit", "429"), ("server-error", "500"),
            ("unavailable", "503"), ("html", "text/html"), ("cut-json", "not JSON"),
            ("close", "closed the connection"),
            ("reset", "reset"), ("hang", "3.0 s"), ("stall", "3.0 s"), ("error-event", "error in the stream"),
            // The last two end by size or by time, whichever comes first.
            ("garbage", "chunked"), ("endless-head", ": "), ("endless-line", ": "),
        ])
    func faultyEndpoint(fault: String, words: String) async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start("--fault", fault, in: scratch)
        let result = try await Program.run(["sweep", endpoint.url] + Self.sweep, in: scratch)
        expectRefusal(result, 3, words, endpoint.label, after: 1)
        #expect(scratch.files(below: "state/plimsoll") == [])
    }

    @Test("Nobody there, or somebody else")
    func unreachableEndpoint() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let (url, sweep) = (endpoint.url, Self.sweep)
        func run(_ url: String, _ more: String...) async throws -> Program.Result {
            try await Program.run(["sweep", url] + sweep + more, in: scratch)
        }
        expectRefusal(try await run("http://no-such-host.invalid:1"), 3, "no-such-host.invalid", after: 1)
        expectRefusal(try await run("http://127.0.0.1:1"), 3, "connection refused", after: 1)
        expectRefusal(try await run("https://" + endpoint.label), 3, endpoint.label, after: 1)
        expectRefusal(try await run(url, "--model", "nope"), 3, "nope", "simulated-8b", after: 1)
        expectRefusal(try await run(url + "/no/such/route"), 3, endpoint.label, after: 1)
        expectRefusal(
            try await Program.run(["probe", "http://127.0.0.1:1"], in: scratch), 3, "connection refused")
        #expect(scratch.files(below: "state/plimsoll") == [])
    }

    @Test("An endpoint that needs a key")
    func keyedEndpoint() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start("--require-key", "sk-Winterreise-1827", in: scratch)
        let arguments = ["sweep", endpoint.url] + Self.sweep
        expectRefusal(try await Program.run(arguments, in: scratch), 3, "401", "--api-key-env", after: 1)
        let wrong = try await Program.run(
            arguments + ["--api-key-env", "KEY"], in: scratch, environment: ["KEY": "sk-Wrong-Key-1"])
        expectRefusal(wrong, 3, "401", after: 1)
        #expect(!wrong.error.contains("sk-Wrong"))
    }

    @Test("One endpoint of two is dead: said by name, the other one is measured, exit code 3")
    func oneOfTwoDead() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let result = try await Program.run(
            ["sweep", "http://127.0.0.1:1", endpoint.url, "--json", "--record", "a.plimsoll", "--csv", "csv"]
                + Self.sweep, in: scratch)
        #expect(result.status == 3)
        let said = result.error.components(separatedBy: "127.0.0.1:1: connection refused").count - 1
        #expect(said == 1, "once: \(result.error)")
        let document = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        let endpoints = try #require(document?["endpoints"] as? [[String: Any]])
        #expect(endpoints.map { $0["ended"] as? String } == ["failed", "plan-done"])
        #expect((endpoints[0]["error"] as? String)?.contains("connection refused") == true)
        #expect(endpoints.map { ($0["levels"] as? [Any])?.count } == [0, 1])
        #expect(try Table(scratch.text(of: "csv/levels.csv")).rows.count == 1)
        let replay = try await Program.run(["replay", "a.plimsoll", "--headless"], in: scratch)
        #expect(replay.status == 0 && replay.output.contains("127.0.0.1:1/v1  failed: connection refused"))
    }

    @Test("All endpoints are dead: each is said, and nothing is recorded")
    func allDead() async throws {
        let scratch = try Scratch()
        let result = try await Program.run(
            ["sweep", "http://127.0.0.1:1", "http://127.0.0.1:2"] + Self.sweep, in: scratch)
        expectRefusal(result, 3, "none of the 2 endpoints", after: 4)
        #expect(["127.0.0.1:1: connection", "127.0.0.1:2: connection"].allSatisfy(result.error.contains))
        #expect(scratch.files(below: "state/plimsoll") == [])
    }

    @Test("An endpoint that dies in mid-sweep: the circuit breaker ends it, what was measured is kept")
    func dyingEndpoint() async throws {
        let scratch = try Scratch()
        var endpoint: Endpoint? = try await Endpoint.start(in: scratch)
        let url = try #require(endpoint).url
        let program = try Program(
            ["sweep", url, "--users", "1,2,4,8,16,32", "--headless", "--record", "a.plimsoll"]
                + Endpoint.short,
            in: scratch)
        try await program.says("1 user ")
        endpoint = nil
        let result = try await program.end()
        #expect(result.status == 3, "\(result.error)")
        #expect(result.output.contains("it went away"), "\(result.output)\(result.error)")
        #expect(result.output.contains("TTFT p50"))
        let export = try await Program.run(["export", "a.plimsoll", "--csv", "csv"], in: scratch)
        #expect(export.status == 0)
    }
}
