import Testing

extension Scenarios {
    @Test("A sweep on a screen: levels, curve, result; it ends by itself")
    func sweepScreen() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let terminal = try await TmuxTerminal(
            ["sweep", endpoint.url, "--users", "1,2,4", "--record", "a.plimsoll", "--csv", "csv"]
                + Endpoint.short,
            in: scratch)
        let parts = [
            "plimsoll ▸ sweep", endpoint.label, "simulated-8b", "level ", "● REC", "? help", "¹tokens/s",
            "²TTFT",
            "³TPOT", "⁴latency and throughput", "⁵levels",
        ]
        try await terminal.wait("all of the screen") { screen in parts.allSatisfy(screen.contains) }
        var counts: Set<String> = []
        var sawPoint = false
        try await Poll.until("the sweep's end") {
            let screen = try await terminal.text()
            counts.formUnion(["1 done", "2 done", "3 done"].filter(screen.contains))
            sawPoint = sawPoint || screen.contains("users at each point")
            return scratch.exists("status")
        }
        // A busy machine may miss one of them, not all.
        #expect(!counts.isEmpty && sawPoint)
        #expect(try await terminal.status() == 0)
        #expect(try await terminal.damage() == [])
        let summary = try await terminal.text()
        #expect(summary.contains("users") && summary.contains("plateau"))
        #expect(summary.contains("plimsoll replay a.plimsoll"))
        #expect(try Table(scratch.text(of: "csv/levels.csv")).numbers("concurrency") == [1, 2, 4])
    }
}
