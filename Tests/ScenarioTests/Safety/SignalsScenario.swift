import Glibc
import Testing

extension Scenarios {
    @Test(
        "Ended by a signal: the terminal as it was, 128+n, a sound recording, nobody left behind",
        arguments: [SIGTERM, SIGHUP, SIGQUIT])
    func endedBySignal(signal: Int32) async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let terminal = try await TmuxTerminal.measuring(endpoint, in: scratch)
        let process = try await terminal.identifier()
        try await terminal.send(signal)
        #expect(try await terminal.status() == 128 + signal)
        #expect(try await terminal.damage() == [])
        #expect(kill(process, 0) != 0, "the process is gone")
        try await Self.expectSound("a.plimsoll", in: scratch)
    }

    @Test("INT from outside is ^C: the sweep ends with its summary")
    func interruptedScreen() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let terminal = try await TmuxTerminal.measuring(endpoint, in: scratch)
        try await terminal.send(SIGINT)
        let status = try await terminal.status()
        #expect(status == 128 + SIGINT)
        #expect(try await terminal.damage() == [])
        #expect(try await terminal.text().contains("stopped by hand"))
        try await Self.expectSound("a.plimsoll", in: scratch)
    }

    @Test("A signal while the endpoint is still being asked: no screen yet, nothing left behind")
    func signalDuringDiscovery() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start("--fault", "hang", in: scratch)
        let terminal = try await TmuxTerminal(["sweep", endpoint.url], in: scratch)
        try await terminal.waitFor("asking")
        try await terminal.press("C-c")
        #expect(try await terminal.status() == 128 + SIGINT)
        #expect(try await terminal.damage() == [])
        #expect(scratch.files(below: "state/plimsoll") == [], "no recording of nothing")
    }

    @Test("Stopped and continued: the shell has its terminal meanwhile, and the screen comes back whole")
    func stoppedAndContinued() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let terminal = try await TmuxTerminal(
            shellOf: TmuxTerminal.Size(width: 120, height: 40), in: scratch)
        try await terminal.type("cd \(scratch.path)")
        try await terminal.press("Enter")
        try await terminal.type("stty -a >before; echo ready")
        try await terminal.press("Enter")
        try await terminal.waitFor("ready\n")
        try await terminal.type(
            "\(try Binary.path()) sweep \(endpoint.url) --users 1,2 --dwell 60s --record a.plimsoll")
        try await terminal.press("Enter")
        try await terminal.waitFor("measuring")
        try await terminal.press("C-z")
        try await terminal.waitFor("Stopped")
        #expect(try await terminal.property("alternate_on") == "0")
        #expect(try await terminal.property("cursor_flag") == "1")
        // Typed blind if the echo were off.
        try await terminal.type("stty -a >stopped; echo still-here")
        try await terminal.press("Enter")
        try await terminal.waitFor("\nstill-here\n")
        #expect(scratch.text(of: "stopped") == scratch.text(of: "before"))
        try await terminal.type("fg")
        try await terminal.press("Enter")
        try await terminal.wait("the whole screen again") {
            $0.contains("⁵levels") && $0.contains("⁴latency") && $0.contains("? help")
                && !$0.contains("still-here")
        }
        try await terminal.press("?")
        try await terminal.waitFor("help: keys")
        try await terminal.press("Q")
        try await terminal.waitFor("stopped by hand")
        try await terminal.type("stty -a >after; echo over")
        try await terminal.press("Enter")
        try await terminal.waitFor("\nover\n")
        #expect(scratch.text(of: "after") == scratch.text(of: "before"))
        try await Self.expectSound("a.plimsoll", in: scratch)
    }

    static func expectSound(
        _ recording: String, in scratch: Scratch, at location: SourceLocation = #_sourceLocation
    ) async throws {
        let export = try await Program.run(["export", recording, "--csv", "sound"], in: scratch)
        #expect(export.status == 0, "\(export.error)", sourceLocation: location)
        let rows = try Table(scratch.text(of: "sound/requests.csv")).rows
        #expect(!rows.isEmpty, "requests in the recording", sourceLocation: location)
    }
}
