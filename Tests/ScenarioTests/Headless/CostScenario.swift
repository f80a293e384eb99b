import Foundation
import Testing

extension Scenarios {
    @Test(
        "What tokens cost is in summary, JSON and levels.csv; an export may price a recording anew, and reports it"
    )
    func cost() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let run = try await Program.run(
            [
                "sweep", endpoint.url, "--users", "2", "--json", "--record", "a.plimsoll", "--budget",
                "ttft:p50<10s", "--price-per-hour", "3.6", "--cloud-price", "2",
            ] + Endpoint.short, in: scratch)
        #expect(run.status == 0, "\(run.error)")
        let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        let first = try #require((document?["endpoints"] as? [[String: Any]])?.first)
        let cost = try #require(first["cost"] as? [String: Any])
        let level = try #require((first["levels"] as? [[String: Any]])?.first)
        #expect(cost["per_hour"] as? Double == 3.6)
        let perMillion = try #require(level["cost_per_million_output_tokens"] as? Double)
        let speed = try #require(level["output_throughput"] as? Double)
        #expect(abs(perMillion * speed / 1000 - 1) < 1e-6, "3.6 USD an hour are 1,000 a million seconds")
        #expect(cost["cost_per_million_output_tokens"] as? Double == perMillion, "the line is that level")
        #expect(cost["break_even_tokens_per_day"] is Double)

        let export = try await Program.run(
            ["export", "a.plimsoll", "--csv", "csv", "--markdown", "R.md", "--price-per-hour", "7.2"],
            in: scratch)
        #expect(export.status == 0, "\(export.error)")
        let row = try #require(try Table(scratch.text(of: "csv/levels.csv")).rows.first)
        let twice = try #require(Double(row["cost_per_million_output_tokens"] ?? ""))
        #expect(abs(twice / perMillion - 2) < 1e-3)
        let session = try #require(document?["session"] as? [String: Any])
        #expect(row["run_id"] == session["run_id"] as? String)
        #expect(scratch.text(of: "R.md").contains("7.20 USD an hour"))
        #expect(scratch.text(of: "R.svg").hasPrefix("<svg"))
        let again = try await Program.run(["export", "a.plimsoll", "--markdown", "R.md"], in: scratch)
        #expect(again.status == 4 && again.error.contains("--force"))
    }
}
