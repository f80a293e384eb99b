import Testing

extension Scenarios {
    @Test("Steering: users, pause, again, next; each says what became of it, and the load follows")
    func steering() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let terminal = try await TmuxTerminal(
            [
                "sweep", endpoint.url, "--users", "2,4", "--dwell", "40s", "--warmup", "200ms",
                "--output-tokens", "8", "--record", "a.plimsoll", "--csv", "csv",
            ], in: scratch)
        try await terminal.waitFor("measuring")

        try await terminal.press("+")
        try await terminal.waitFor("3 users now, +1")
        try await terminal.waitFor("3 users  measuring")
        try await terminal.press("-")
        try await terminal.waitFor("2 users now, -1")
        try await terminal.waitFor("2 users  measuring")
        try await terminal.press("p")
        try await terminal.waitFor("PAUSED")
        try await terminal.wait("nothing in flight") { $0.contains("in flight   0") }
        try await terminal.press("p")
        try await terminal.waitWhile("PAUSED")
        try await terminal.wait("something in flight") { $0.contains("in flight   2") }
        try await terminal.press("r")
        try await terminal.waitFor("2 users run again")
        // Again: the same users, as the next level.
        try await terminal.waitFor("2 users  measuring")
        try await terminal.press("n")
        try await terminal.waitFor("the next level runs: 4 users")
        try await terminal.waitFor("4 users")
        try await terminal.waitFor("4 users  measuring")

        try await terminal.press("q")
        try await terminal.wait("the question") { $0.contains("quit") && $0.contains("y") }
        try await terminal.press("n")
        try await terminal.waitFor("4 users  measuring")
        try await terminal.press("q")
        try await terminal.press("y")
        #expect(try await terminal.status() == 0)
        #expect(try await terminal.damage() == [])
        try await terminal.waitFor("stopped by hand")
        let users = try Table(scratch.text(of: "csv/levels.csv")).numbers("concurrency")
        // A measured level whose users change is another level.
        #expect(users.filter { $0 == 2 }.count >= 2 && users.contains(3), "\(users)")
        let events = Set(try Table(scratch.text(of: "csv/events.csv")).rows.compactMap { $0["event"] })
        #expect(events.isSuperset(of: ["load-paused", "load-resumed"]), "\(events)")
    }
}
