import Glibc
import Testing

extension Scenarios {
    @Test("kill -9 loses at most a second: the recording exports and replays")
    func killed() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let program = try Program(
            ["sweep", endpoint.url, "--users", "1,2,4,8", "--headless", "--record", "a.plimsoll"]
                + Endpoint.short,
            in: scratch)
        try await program.says("2 users")
        program.send(SIGKILL)
        #expect(try await program.end().wasKilled)
        let export = try await Program.run(["export", "a.plimsoll", "--csv", "csv"], in: scratch)
        #expect(export.status == 0, "\(export.error)")
        #expect(try !Table(scratch.text(of: "csv/requests.csv")).rows.isEmpty)
        #expect(try Table(scratch.text(of: "csv/levels.csv")).numbers("concurrency").first == 1)
        let replay = try await Program.run(["replay", "a.plimsoll", "--headless"], in: scratch)
        #expect(replay.status == 0, "\(replay.error)")
        #expect(replay.output.contains("TTFT p50"))
    }

    @Test("A replay without a screen prints the levels that the sweep printed")
    func replayHeadless() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let sweep = try await Program.run(
            ["sweep", endpoint.url, "--users", "1,2,4", "--headless", "--record", "a.plimsoll"]
                + Endpoint.short,
            in: scratch)
        let replay = try await Program.run(["replay", "a.plimsoll", "--headless"], in: scratch)
        #expect(sweep.status == 0 && replay.status == 0, "\(sweep.error)\(replay.error)")
        func table(_ text: String) -> [Substring] {
            text.split(separator: "\n").filter {
                $0.hasPrefix(" ") || $0.hasPrefix("users") || $0.hasPrefix("plateau")
            }
        }
        #expect(table(sweep.output).count >= 4)
        #expect(table(sweep.output) == table(replay.output))
    }
}
