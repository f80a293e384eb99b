import Testing

extension Scenarios {
    @Test("Resizing: everything gives way in order, and comes back")
    func resizing() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let terminal = try await TmuxTerminal(
            ["sweep", endpoint.url, "--users", "1,2", "--dwell", "60s", "--warmup", "200ms", "--no-record"],
            in: scratch)
        try await terminal.waitFor("measuring")
        for (width, height) in [(80, 24), (50, 15), (30, 8), (1, 1), (200, 60), (120, 40)] {
            try await terminal.resize(to: width, height)
            switch (width, height) {
            case (30, 8): try await terminal.waitFor("40×10")
            case (1, 1): break
            default:
                let screen = try await terminal.wait("a screen of \(width)×\(height)") {
                    let lines = Array($0.split(separator: "\n", omittingEmptySubsequences: false).dropLast())
                    return lines.count == height && lines[0].contains("user")
                        && lines[height - 1].contains("quit") && lines.allSatisfy { $0.count <= width }
                        // The panels reach the right edge: laid out for this size, not for the one before.
                        && lines.contains { $0.count == width && $0.hasSuffix("╮") }
                }
                #expect(!screen.contains("40×10"))
            }
        }
        try await terminal.resize(to: 30, 8)
        try await terminal.waitFor("40×10")
        try await terminal.press("Q")
        #expect(try await terminal.status() == 0)
        #expect(try await terminal.damage() == [])
    }
}
