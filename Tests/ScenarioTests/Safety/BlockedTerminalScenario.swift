import Glibc
import Testing

extension Scenarios {
    @Test("A terminal that takes nothing for ten seconds: the load goes on, and TERM ends it soon")
    func blockedTerminal() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let blocked = try BlockedTerminal(
            ["sweep", endpoint.url, "--users", "1,2", "--dwell", "60s", "--record", "a.plimsoll"], in: scratch
        )
        func requests() async throws -> Int {
            let export = try await Program.run(
                ["export", "a.plimsoll", "--csv", "now", "--force"], in: scratch)
            return export.status == 0 ? try Table(scratch.text(of: "now/requests.csv")).rows.count : 0
        }
        // Ten seconds in which nobody reads: this is the scenario, not a wait for something.
        let early = try await Poll.until("requests") {
            let count = try await requests(); return count > 0 ? count : nil
        }
        try await Task.sleep(for: .seconds(10))
        let late = try await requests()
        #expect(late > early, "measuring goes on")
        kill(blocked.identifier, SIGTERM)
        let status = try await blocked.end(within: .seconds(20))
        #expect(status == 128 + SIGTERM)
        try await Self.expectSound("a.plimsoll", in: scratch)
    }
}
