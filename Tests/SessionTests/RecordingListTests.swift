import Foundation
import Measure
import Recording
import Testing

@testable import Session

/// What `replay` shows when nobody says which recording.
@Suite(.timeLimit(.minutes(10))) struct RecordingListTests {
    private let stage: Stage
    private var folder: String { stage.folder + "/plimsoll" }

    init() throws {
        stage = try Stage(endpoints: 2)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    }

    private func list() async throws -> [String] {
        try await RecordingList(environment: ["XDG_STATE_HOME": stage.folder]).text
            .split(separator: "\n").map(String.init)
    }

    private func record(_ name: String, started unix: Int64, budget: String?) async throws {
        let path = "\(folder)/\(name)"
        let start = Moment(nanoseconds: 5_000 * .second)
        let plan = SweepPlan(
            levels: .list([1]), dwell: .second, warmUp: .second,
            budget: try budget.map { try LatencyBudget(parsing: $0) })
        let session = SessionInfo(
            started: WallAnchor(moment: start, unixNanoseconds: unix * .second), version: "0",
            command: "sweep",
            plan: SessionPlan(workload: Workload(inputTokens: 8, outputTokens: 8), sweep: plan, seed: 1),
            options: [:], seed: 1, host: "h")
        let recorder = try Recorder.create(path: path, session: session)
        recorder.take(.event(.sessionStarted(session)))
        recorder.take(
            .event(
                .endpointFound(
                    EndpointInfo(
                        id: EndpointID(0), url: "http://a/v1", label: "a:8000", model: "m", dialect: "chat"),
                    at: start)))
        recorder.take(
            .result(
                LevelResult(
                    endpoint: EndpointID(0), level: 0, load: .users(4), windowStart: start,
                    windowEnd: start + .second, completed: 10, windowTokens: 640,
                    throughput: Estimate(mean: 640, halfWidth: nil))))
        try await recorder.close()
    }

    @Test func newestFirst() async throws {
        // By when they began, whatever they are called.
        try await record("b.plimsoll", started: 1_760_000_000, budget: nil)
        try await record("a.plimsoll", started: 1_760_000_100, budget: "ttft:p95<1s")
        let lines = try await list()
        try #require(lines.count == 4)
        #expect(
            lines[0] == "2025-10-09 08:55Z  sweep  m  a:8000: no load line, plateau ≥ 640 tok/s; not ended")
        #expect(lines[1].hasSuffix("plimsoll replay \(folder)/a.plimsoll"))
        #expect(lines[2].hasPrefix("2025-10-09 08:53Z  sweep  m  a:8000: plateau ≥ 640 tok/s"))
        #expect(lines[3].hasSuffix("plimsoll replay \(folder)/b.plimsoll"))
    }

    @Test func whatCannotBeReadIsSaidInALine() async throws {
        try await record("a.plimsoll", started: 1_760_000_000, budget: nil)
        for (name, text) in [("z.plimsoll", "junk"), ("empty.plimsoll", ""), ("notes.txt", "mine")] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        }
        let lines = try await list()
        #expect(lines.count == 4 && lines[0].contains("640 tok/s"))
        #expect(
            lines.dropFirst(2).allSatisfy { $0.hasPrefix("! ") && $0.contains("not a plimsoll recording") })
    }

    @Test func aSessionIsKnownAgain() async throws {
        let path = folder + "/s.plimsoll"
        #expect(try await stage.run(stage.request { $0.output.recording = .file(path) }) == .done)
        let lines = try await list()
        #expect(lines.count == 2 && lines[0].contains("host0:8000: ") && lines[0].contains("host1:8000: "))
        #expect(!lines[0].contains("not ended"))
    }

    @Test func none() async throws {
        #expect(try await list() == ["no recordings in \(folder)"])
        await #expect(throws: CommandFailure.self) { try await RecordingList(environment: [:]) }
    }
}
