import Glibc
import Testing

extension Scenarios {
    @Test(
        "^C and TERM end a headless sweep with its summary and 128+n", arguments: [SIGINT, SIGTERM, SIGHUP])
    func interruptedHeadless(signal: Int32) async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let program = try Program(
            [
                "sweep", endpoint.url, "--users", "1,2,4", "--dwell", "60s", "--warmup", "200ms",
                "--headless", "--record", "a.plimsoll", "--csv", "csv",
            ], in: scratch)
        try await program.says("prompts of")
        let path = scratch.file("a.plimsoll")
        // Something to summarise: the recording has grown past its empty form.
        try await Poll.until("a request in the recording") {
            let export = try await Program.run(["export", path, "--csv", "now", "--force"], in: scratch)
            guard export.status == 0 else { return false }
            return try Table(scratch.text(of: "now/requests.csv")).rows.count > 3
        }
        program.send(signal)
        let result = try await program.end()
        #expect(result.status == 128 + signal && !result.wasKilled)
        #expect(result.output.contains("stopped by hand") && result.output.contains("a.plimsoll"))
        #expect(scratch.exists("csv/requests.csv"))
        let export = try await Program.run(["export", "a.plimsoll", "--csv", "after"], in: scratch)
        #expect(export.status == 0)
    }

    @Test("Under nohup a hang-up stops nothing")
    func nohup() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let program = try Program(
            ["sweep", endpoint.url, "--users", "1,2", "--headless", "--no-record"] + Endpoint.short,
            in: scratch,
            shell: "trap '' HUP; exec \"$@\"")
        try await program.says("asking")
        program.send(SIGHUP)
        try await program.says("1 user ")
        program.send(SIGHUP)
        let result = try await program.end()
        #expect(result.status == 0 && result.output.contains("plateau"), "\(result.error)")
    }
}
