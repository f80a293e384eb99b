import Testing

extension Scenarios {
    @Test("A server that restarts in mid-level: that level says so and is run once more")
    func serverRestarts() async throws {
        let scratch = try Scratch()
        var endpoint = try await Endpoint.start(in: scratch)
        let terminal = try await TmuxTerminal(
            [
                "sweep", endpoint.url, "--users", "1,2", "--dwell", "3s", "--warmup", "200ms",
                "--output-tokens", "8", "--max-error-rate", "100%", "--csv", "csv", "--record",
                "a.plimsoll",
            ], in: scratch)
        try await terminal.waitFor("2 users  measuring")
        try await endpoint.restart(in: scratch)
        #expect(try await terminal.status() == 0)
        try await terminal.waitFor("! restarted: ")
        let levels = try Table(scratch.text(of: "csv/levels.csv"))
        #expect(levels.rows.map { $0["trust_server_restarted"] } == ["0", "1", "0"])
    }
}
