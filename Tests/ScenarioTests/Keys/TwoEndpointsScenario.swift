import Testing

extension Scenarios {
    @Test("Two endpoints: a row and a sign each, one chosen with Tab")
    func twoEndpointsOnScreen() async throws {
        let scratch = try Scratch()
        let slow = try await Endpoint.start("--step", "20ms", in: scratch)
        let fast = try await Endpoint.start(in: scratch)
        let terminal = try await TmuxTerminal(
            ["sweep", slow.url, fast.url, "--users", "1,2", "--stay", "--no-record"] + Endpoint.short,
            in: scratch)
        try await terminal.wait("two rows") {
            $0.contains("⁸endpoints") && $0.contains(slow.label) && $0.contains(fast.label)
        }
        let chosen = try await terminal.text().split(separator: "\n")[0]
        #expect(chosen.contains(slow.label))
        try await terminal.press("Tab")
        try await terminal.wait("the other one") { $0.split(separator: "\n")[0].contains(fast.label) }
        try await terminal.press("8")
        try await terminal.wait("endpoints alone") { $0.contains("⁸endpoints") && !$0.contains("⁴latency") }
        try await terminal.press("8")
        try await terminal.waitFor("DONE")
        try await terminal.press("q")
        // One may be done before the other: then q asks.
        try await terminal.press("y")
        #expect(try await terminal.status() == 0)
    }

    @Test("One of two can't be used: its reason in place of its charts, and the other one goes on")
    func oneFailedOnScreen() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let terminal = try await TmuxTerminal(
            ["sweep", endpoint.url, "http://127.0.0.1:1", "--users", "1,2", "--stay", "--no-record"]
                + Endpoint.short, in: scratch)
        try await terminal.waitFor("127.0.0.1:1 can't be used")
        try await terminal.waitFor("DONE")
        try await terminal.press("Tab")
        try await terminal.waitFor("The other endpoints go on")
        try await terminal.press("q")
        #expect(try await terminal.status() == 3)
        try await terminal.waitFor("failed: connection refused")
    }
}
