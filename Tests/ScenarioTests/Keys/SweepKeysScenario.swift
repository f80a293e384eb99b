import Testing

extension Scenarios {
    @Test("Help, freezing, themes, panels: the view follows the keys and the load doesn't")
    func sweepKeys() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let terminal = try await TmuxTerminal(
            ["sweep", endpoint.url, "--users", "1,2", "--dwell", "60s", "--warmup", "200ms", "--no-record"],
            in: scratch)
        try await terminal.waitFor("measuring")

        try await terminal.press("?")
        try await terminal.wait("the help alone") {
            $0.contains("help: keys") && $0.contains("freeze the view") && !$0.contains("⁵levels")
        }
        try await terminal.press("Tab")
        try await terminal.waitFor("TTFT")
        try await terminal.press("Escape")
        try await terminal.waitFor("⁵levels")

        try await terminal.press("Space")
        try await terminal.waitFor("FROZEN")
        try await terminal.press("Space")
        try await terminal.waitWhile("FROZEN")

        let before = try await terminal.colors()
        try await terminal.press("t")
        // Not daylight, which is for a light background.
        try await terminal.waitFor("theme: terminal")
        #expect(Self.palette(try await terminal.colors()) != Self.palette(before))

        for (digit, title) in [("1", "¹tokens/s"), ("4", "⁴latency and throughput"), ("5", "⁵levels")] {
            try await terminal.press(digit)
            try await terminal.wait("\(title) alone") {
                $0.contains(title) && !$0.contains(title == "⁵levels" ? "⁴latency" : "⁵levels")
            }
            try await terminal.press(digit)
            try await terminal.wait("all panels") { $0.contains("¹tokens/s") && $0.contains("⁵levels") }
        }
        try await terminal.press("4")
        try await terminal.waitWhile("⁵levels")
        try await terminal.press("Escape")
        try await terminal.waitFor("⁵levels")

        try await terminal.press("y")
        try await terminal.waitFor("p95 TTFT over tokens/s")
        try await terminal.press("/")
        try await terminal.type("zzz")
        try await terminal.waitFor("zzz")
        try await terminal.press("Escape")
        try await terminal.waitWhile("zzz")

        try await terminal.press("Q")
        #expect(try await terminal.status() == 0)
        #expect(try await terminal.damage() == [])
    }

    /// The colours in use, without the text.
    private static func palette(_ screen: String) -> Set<Substring> {
        Set(screen.split(separator: "\u{1B}").compactMap { $0.prefix { $0 != "m" } })
    }
}
