import Collector
import Measure
import Recording
import Testing

extension Scenarios {
    @Test("A recording is the whole: its levels, flags included, computed again from the file alone")
    func computedAgain() async throws {
        let scratch = try Scratch()
        let plain = try await Endpoint.start(in: scratch)
        let flaky = try await Endpoint.start("--fault", "no-usage", in: scratch)
        let run = try await Program.run(
            [
                "sweep", plain.url, flaky.url, "--users", "2,6", "--headless", "--budget", "ttft:p95<300ms",
                "--record", "a.plimsoll",
            ] + Endpoint.short, in: scratch)
        #expect([0, 1, 5].contains(run.status), "\(run.error)")

        let reader = try RecordingReader.open(path: scratch.file("a.plimsoll"))
        let plan = try #require(reader.session.plan)
        var ledger = Ledger(
            session: reader.session, settings: LedgerSettings(trust: TrustContext(of: plan)))
        var computed: [LevelResult] = []
        var entries = reader.entries()
        while let entry = try entries.next() {
            ledger.take(entry)
            computed += ledger.finishLevels()
        }
        let recorded = try reader.levels
        #expect(recorded.count == 4 && computed.count == 4)
        // As text: what is unknown is not a number, and equals nothing. A set has no order.
        for (now, then) in zip(computed, recorded) {
            #expect(now.trust == then.trust && now.failures == then.failures)
            #expect(Self.figures(of: now) == Self.figures(of: then))
        }
    }

    private static func figures(of level: LevelResult) -> String {
        var level = level
        level.failures = [:]
        return "\(level)"
    }
}
