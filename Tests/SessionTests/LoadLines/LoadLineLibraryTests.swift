import Foundation
import Measure
import Recording
import Testing

@testable import Session

@Suite(.timeLimit(.minutes(10))) struct LoadLineLibraryTests {
    private let stage: Stage
    private var folder: String { stage.folder + "/plimsoll" }
    private static let seeker = LineSeeker(url: "http://gpu01:8000", model: "m", server: nil)

    init() throws {
        stage = try Stage()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    }

    private func library() -> LoadLineLibrary {
        LoadLineLibrary(environment: ["XDG_STATE_HOME": stage.folder])
    }

    @discardableResult private func record(
        _ name: String, users: Int, hour: Int, budget: String? = "ttft:p95<900ms", closes: Bool = true
    ) async throws -> Recorder {
        let start = Moment(nanoseconds: 5_000 * .second)
        let plan = SweepPlan(
            levels: .list([1]), dwell: .second, warmUp: .second,
            budget: try budget.map { try LatencyBudget(parsing: $0) })
        let session = SessionInfo(
            started: WallAnchor(
                moment: start, unixNanoseconds: 1_760_000_000 * .second + Int64(hour) * 3_600 * .second),
            version: "0", command: "sweep",
            plan: SessionPlan(workload: Workload(inputTokens: 8, outputTokens: 8), sweep: plan, seed: 1),
            options: [:], seed: 1, host: "h")
        let recorder = try Recorder.create(path: "\(folder)/\(name)", session: session)
        recorder.keep()
        recorder.take(.event(.sessionStarted(session)))
        let endpoint = EndpointInfo(
            id: EndpointID(0), url: "http://gpu01:8000/v1/chat/completions", label: "gpu01:8000", model: "m",
            dialect: "chat")
        recorder.take(.event(.endpointFound(endpoint, at: start)))
        recorder.take(
            .result(
                LevelResult(
                    endpoint: EndpointID(0), level: 0, load: .users(users), windowStart: start,
                    windowEnd: start + .second, completed: 10, budgetHeld: true)))
        if closes { try await recorder.close() }
        return recorder
    }

    @Test func theNewestOfAFolderWithAllSortsOfThings() async throws {
        try await record("b.plimsoll", users: 8, hour: 1)
        try await record("a.plimsoll", users: 16, hour: 2)
        try await record("c.plimsoll", users: 32, hour: 3, budget: nil)
        for (name, text) in [("junk.plimsoll", "junk"), ("empty.plimsoll", ""), ("notes.txt", "mine")] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        }
        // As from a later program, and as cut off while it was copied.
        var newer = try #require(FileManager.default.contents(atPath: folder + "/a.plimsoll"))
        newer.replaceSubrange(60..<64, with: [0, 0, 0, 99])
        try newer.write(to: URL(fileURLWithPath: folder + "/newer.plimsoll"))
        try newer.prefix(5_000).write(to: URL(fileURLWithPath: folder + "/cut.plimsoll"))
        try FileManager.default.createDirectory(
            atPath: folder + "/d.plimsoll", withIntermediateDirectories: false)
        #expect(await library().line(for: Self.seeker)?.users == 16)
    }

    @Test func whatStillRunsIsNoLineYet() async throws {
        try await record("a.plimsoll", users: 8, hour: 1)
        let running = try await record("b.plimsoll", users: 16, hour: 2, closes: false)
        running.flush()
        #expect(await library().line(for: Self.seeker)?.users == 8)
        try await running.close()
        #expect(await library().line(for: Self.seeker)?.users == 16)
    }

    @Test func withoutAnyThereIsNone() async throws {
        #expect(await library().line(for: Self.seeker) == nil)
        #expect(await LoadLineLibrary(environment: [:]).line(for: Self.seeker) == nil)
    }

    @Test func manyAskAtTheSameTime() async throws {
        try await record("a.plimsoll", users: 8, hour: 1)
        let library = library()
        let found = await withTaskGroup(of: Int?.self) { group in
            for _ in 0..<64 { group.addTask { await library.line(for: Self.seeker)?.users } }
            return await group.reduce(into: [Int?]()) { $0.append($1) }
        }
        #expect(found == [Int?](repeating: 8, count: 64))
    }

    @Test func aChosenFile() async throws {
        try await record("a.plimsoll", users: 8, hour: 1)
        try await record("b.plimsoll", users: 8, hour: 1, budget: nil)
        let chosen = try await ChosenLines(file: folder + "/a.plimsoll")
        #expect(chosen.line(for: LineSeeker(url: "http://x:1", model: nil, server: nil))?.users == 8)
        #expect(await refusal(of: "b.plimsoll")?.status == .wrongUsage)
        let missing = await refusal(of: "none.plimsoll")
        #expect(missing?.status == .fileUnusable && missing?.message.hasPrefix("--line: can't read ") == true)
    }

    private func refusal(of name: String) async -> CommandFailure? {
        do throws(CommandFailure) { _ = try await ChosenLines(file: "\(folder)/\(name)") } catch {
            return error
        }
        return nil
    }
}
