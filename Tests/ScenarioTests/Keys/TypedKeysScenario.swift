import Testing

extension Scenarios {
    @Test("Keys never appear on the screen by themselves")
    func typedKeysStayInvisible() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let terminal = try await TmuxTerminal(
            ["sweep", endpoint.url, "--users", "1", "--dwell", "60s", "--no-record"], in: scratch)
        try await terminal.waitFor("measuring")
        // Unbound keys: whatever shows up was put there by the line or by ncurses.
        for _ in 1...5 { try await terminal.type("ZXWZXW") }
        try await terminal.press("Escape", "C-a", "F9")
        try await terminal.press("?")
        try await terminal.waitFor("help: keys")
        try await terminal.press("Escape")
        let screen = try await terminal.waitFor("⁵levels")
        #expect(!screen.contains("ZX") && !screen.contains("^[") && !screen.contains("^A"))
        try await terminal.press("C-c")
        #expect(try await terminal.status() == 130)
        #expect(try await terminal.damage() == [])
    }
}
