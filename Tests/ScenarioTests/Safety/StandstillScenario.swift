import Glibc
import Testing

extension Scenarios {
    @Test("A plimsoll that is stopped in mid-level: that level says so and is run once more")
    func stoppedInMidLevel() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let program = try Program(
            [
                "sweep", endpoint.url, "--users", "1,2", "--dwell", "6s", "--warmup", "200ms",
                "--output-tokens", "8", "--headless", "--csv", "csv", "--record", "a.plimsoll",
            ], in: scratch)
        // The first level's line, the second's warm-up of some 300 ms, and then a window of three seconds at least.
        try await program.says("1 user ")
        try await Task.sleep(for: .seconds(2))
        program.send(SIGSTOP)
        try await Task.sleep(for: .seconds(3))
        program.send(SIGCONT)
        let run = try await program.end()
        #expect(run.status == 0, "\(run.error)")
        #expect(run.output.contains("! stood still: "), "\(run.output)")
        let levels = try Table(scratch.text(of: "csv/levels.csv"))
        #expect(levels.rows.map { $0["concurrency"] } == ["1", "2", "2"])
        #expect(levels.rows.map { $0["trust_client_stood_still"] } == ["0", "1", "0"])
        #expect(levels.rows.map { $0["trust_cut_short"] } == ["0", "0", "0"])
    }
}
