import Testing

extension Scenarios {
    @Test("A replay is the same screen; it steers nothing, exports, and quits without asking")
    func replayOnScreen() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let sweep = try await Program.run(
            ["sweep", endpoint.url, "--users", "1,2", "--record", "a.plimsoll"] + Endpoint.short, in: scratch)
        #expect(sweep.status == 0)
        let terminal = try await TmuxTerminal(["replay", "a.plimsoll", "--speed", "20"], in: scratch)
        try await terminal.waitFor("plimsoll ▸ replay")
        try await terminal.waitFor("2 done")
        try await terminal.press("+")
        try await terminal.waitFor("nothing to steer")
        try await terminal.press("e")
        try await terminal.waitFor("exported 6 files to a-csv")
        try await terminal.press("q")
        #expect(try await terminal.status() == 0)
        #expect(try await terminal.damage() == [])
    }
}
