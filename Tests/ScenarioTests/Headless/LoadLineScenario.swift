import Foundation
import Testing

extension Scenarios {
    /// The step is so high that no slow machine can be taken for it.
    @Test("A server whose latency steps beyond five users: bisection finds the five")
    func loadLine() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(
            "--paced-ttft", "20ms", "--paced-tpot", "1ms", "--ttft-step-users", "6", "--ttft-step", "700ms",
            in: scratch)
        let run = try await Program.run(
            [
                "sweep", endpoint.url, "--users", "1,2,4,8", "--budget", "ttft:p90<400ms", "--no-record",
                "--json",
            ] + Endpoint.short, in: scratch)
        #expect(run.status == 0, "\(run.error)")
        let parsed = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        let first = try #require((parsed?["endpoints"] as? [[String: Any]])?.first)
        let loadLine = try #require(first["load_line"] as? [String: Any])
        #expect(loadLine["concurrency"] as? Int == 5 && loadLine["broken_at"] as? Int == 6, "\(run.error)")
    }
}
