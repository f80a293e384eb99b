import Foundation
import Testing

extension Scenarios {
    @Test("What a server says of itself stands beside what was measured, level by level")
    func serverColumns() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let run = try await Program.run(
            [
                "sweep", endpoint.url, "--users", "2,6", "--headless", "--json", "--csv", "csv", "--record",
                "a.plimsoll", "--scrape", "500ms",
            ] + Endpoint.short + ["--dwell", "3s"], in: scratch)
        #expect(run.status == 0, "\(run.error)")
        let levels = try Table(scratch.text(of: "csv/levels.csv"))
        #expect(levels.rows.count == 2)
        let slowest = try #require(
            try Table(scratch.text(of: "csv/requests.csv")).numbers("time_to_first_token_ms").max())
        for row in levels.rows {
            func number(_ column: String) -> Double { Double(row[column] ?? "") ?? .nan }
            // It begins with a request's arrival and ends as the token is made: of no request is it longer than here,
            // so that no mean of them is above the slowest.
            let there = number("server_mean_ttft_ms")
            #expect(there > 0 && there <= slowest, "\(there) ms there, \(slowest) ms at most here")
            #expect(number("server_mean_queue_ms") <= there)
            // There is room for all; until the step begins that takes them in, they wait.
            #expect(number("server_waiting_max") <= number("concurrency"))
            #expect(number("server_preemptions") == 0)
            #expect(number("server_kv_cache_usage_max") > 0)
            #expect(row["joules_per_token"] == "" && row["joules_per_token_unknown"] != "")
            #expect(row["trust_foreign_load"] == "0" && row["foreign_requests_per_s"] == "")
            #expect(row["command"]?.contains("--scrape 500ms") == true)
        }
        let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        let endpoints = try #require(document?["endpoints"] as? [[String: Any]])
        let level = try #require((endpoints.first?["levels"] as? [[String: Any]])?.first)
        #expect(level["server_mean_ttft_ms"] is Double && level["joules_per_token"] is NSNull)
        #expect(level["server_spec_acceptance_rate"] is NSNull)
    }

    @Test("Others on the server are said before the load, and flagged with how much on each level")
    func foreignLoad() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        // Four users of somebody else, for as long as it takes.
        let other = try Program(
            [
                "sweep", endpoint.url, "--users", "4", "--for", "10m", "--headless", "--no-record",
            ] + Endpoint.short, in: scratch)
        defer { other.send(SIGKILL) }
        try await Poll.until("the others' load", seen: { other.error }) {
            try await Self.running(on: endpoint)
        }
        let run = try await Program.run(
            [
                "sweep", endpoint.url, "--users", "2", "--headless", "--csv", "csv", "--record", "a.plimsoll",
                "--scrape", "200ms",
            ] + Endpoint.short + ["--dwell", "2s"], in: scratch)
        #expect(run.error.contains("others are using this server: "), "\(run.error)")
        #expect(run.output.contains("! foreign: "), "\(run.output)")
        let row = try #require(try Table(scratch.text(of: "csv/levels.csv")).rows.first)
        #expect(row["trust_foreign_load"] == "1")
        let perSecond = try #require(Double(row["foreign_requests_per_s"] ?? ""))
        #expect(perSecond > 0 && run.output.contains("foreign "))
    }

    /// Whether the server's page says that anything runs.
    private static func running(on endpoint: Endpoint) async throws -> Bool {
        let url = try #require(URL(string: endpoint.url + "/metrics"))
        let page = try String(contentsOf: url, encoding: .utf8)
        return page.split(separator: "\n").contains {
            $0.hasPrefix("vllm:num_requests_running{") && !$0.hasSuffix(" 0.0")
        }
    }
}
