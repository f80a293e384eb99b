import Foundation
import Testing

extension Scenarios {
    @Test("--json is one document with the promised keys, and nothing else")
    func jsonDocument() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let run = try await Program.run(
            [
                "sweep", endpoint.url, "--users", "1,2", "--json", "--record", "a.plimsoll",
                "--budget", "ttft:p50<10s", "--csv", "csv",
            ] + Endpoint.short, in: scratch)
        #expect(run.status == 0, "\(run.error)")
        #expect(run.error.contains("1 user ") && run.error.contains("2 users"))
        let parsed = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
        let document = try #require(parsed as? [String: Any])
        #expect(Set(document.keys) == ["session", "endpoints"])
        let session = try #require(document["session"] as? [String: Any])
        #expect(session["recording"] as? String == "a.plimsoll" && session["seed"] as? String == "1")
        let endpoints = try #require(document["endpoints"] as? [[String: Any]])
        #expect(endpoints.count == 1)
        let first = try #require(endpoints.first)
        for key in ["url", "model", "levels", "plateau", "load_line", "errors"] {
            #expect(first[key] != nil, "\(key)")
        }
        let plateau = try #require(first["plateau"] as? [String: Any])
        #expect(plateau["output_throughput"] is Double && plateau["concurrency"] is Int)
        let loadLine = try #require(first["load_line"] as? [String: Any])
        #expect(loadLine["concurrency"] as? Int == 2 && loadLine["output_throughput"] is Double)
        let levels = try #require(first["levels"] as? [[String: Any]])
        #expect(levels.compactMap { $0["concurrency"] as? Int } == [1, 2])
        #expect(
            levels.allSatisfy {
                $0["budget_verdict"] as? String == "held" && $0["budget_broken_by"] is NSNull
            })
        // The columns of levels.csv are the keys; the flags are a list here.
        let columns = try Table(scratch.text(of: "csv/levels.csv")).header.filter { !$0.hasPrefix("trust_") }
        for level in levels {
            #expect(level["trust"] is [String])
            #expect(columns.filter { level[$0] == nil } == [])
        }
    }

    @Test("Why requests failed is in the document: kinds, counts, and the last message of each")
    func jsonErrors() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start("--fault", "server-error:0.3", in: scratch)
        let run: Program.Result = try await Poll.until("a sweep that got through its first questions") {
            let run = try await Program.run(
                [
                    "sweep", endpoint.url, "--users", "4", "--json", "--max-error-rate", "100%", "--csv",
                    "csv",
                    "--record", "a.plimsoll",
                ] + Endpoint.short, in: scratch)
            return run.status == 3 ? nil : run
        }
        let parsed = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
        let endpoints = try #require((parsed as? [String: Any])?["endpoints"] as? [[String: Any]])
        let errors = try #require(endpoints.first?["errors"] as? [[String: Any]])
        let first = try #require(errors.first)
        #expect(errors.count == 1 && first["kind"] as? String == "server-error")
        #expect(try #require(first["count"] as? Int) > 0)
        let message = try #require(first["last"] as? String)
        #expect(!message.isEmpty)
        let levels = try Table(scratch.text(of: "csv/levels.csv"))
        #expect(levels.rows.allSatisfy { $0["last_error"] == message })
        // Who waits after a failure is not out: the level says so.
        #expect(levels.rows.allSatisfy { $0["trust_users_idle"] == "1" })
    }
}
