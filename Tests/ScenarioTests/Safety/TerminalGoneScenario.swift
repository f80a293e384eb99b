import Glibc
import Testing

extension Scenarios {
    @Test("The terminal is closed under it: it ends, and the recording is sound")
    func terminalClosed() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let terminal = try await TmuxTerminal.measuring(endpoint, in: scratch)
        let process = try await terminal.identifier()
        try await terminal.close()
        try await Poll.until("the process's end") { kill(process, 0) != 0 }
        try await Self.expectSound("a.plimsoll", in: scratch)
    }

    @Test("--keep-running: the sweep goes on without the terminal, and says so in the recording")
    func keepsRunning() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let terminal = try await TmuxTerminal(
            [
                "sweep", endpoint.url, "--users", "1,2,4", "--keep-running", "--record", "a.plimsoll",
                "--csv", "csv",
            ]
                + Endpoint.short, in: scratch)
        try await terminal.waitFor("level 1/3")
        let process = try await terminal.identifier()
        try await terminal.close()
        // A shell passes its own hang-up on.
        if kill(process, 0) == 0 { kill(process, SIGHUP) }
        try await Poll.until("the process's end") { kill(process, 0) != 0 }
        #expect(try Table(scratch.text(of: "csv/levels.csv")).numbers("concurrency") == [1, 2, 4])
        let notes = try Table(scratch.text(of: "csv/marks.csv")).rows.compactMap { $0["note"] }
        #expect(notes.contains { $0.contains("hung up") }, "\(notes)")
    }

    @Test("--keep-running and then TERM: ends in good order all the same")
    func keepsRunningUntilTerminated() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let terminal = try await TmuxTerminal(
            [
                "sweep", endpoint.url, "--users", "1", "--dwell", "60s", "--keep-running", "--record",
                "a.plimsoll",
                "--csv", "csv",
            ], in: scratch)
        try await terminal.waitFor("measuring")
        let process = try await terminal.identifier()
        try await terminal.close()
        try await Poll.until("the mark in the recording") {
            _ = try await Program.run(["export", "a.plimsoll", "--csv", "now", "--force"], in: scratch)
            return scratch.text(of: "now/marks.csv").contains("hung up")
        }
        kill(process, SIGTERM)
        try await Poll.until("the process's end") { kill(process, 0) != 0 }
        #expect(scratch.exists("csv/levels.csv"), "it came to its end, not just to a stop")
    }
}
