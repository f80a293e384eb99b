import Measure
import System
import Testing

@testable import Session

@Suite struct MeasuredLinesTests {
    private static func sweep(
        of url: String = "http://gpu01:8000/v1/chat/completions", model: Shown = "m", version: Shown? = nil,
        at hour: Int = 0, users: [Int: Bool] = [4: true, 8: false], command: String = "sweep",
        budget: Bool = true,
        host: String = "h"
    ) throws -> RecordedSweep {
        let start = Moment(nanoseconds: 1_000 * .second)
        let plan = SweepPlan(
            levels: .list([1]), dwell: .second, warmUp: .second,
            budget: budget ? try LatencyBudget(parsing: "ttft:p95<900ms") : nil)
        return RecordedSweep(
            session: SessionInfo(
                started: WallAnchor(
                    moment: start, unixNanoseconds: 1_760_000_000 * .second + Int64(hour) * 3_600 * .second),
                version: "0", command: command,
                plan: SessionPlan(
                    workload: Workload(inputTokens: 512, outputTokens: 128), sweep: plan, seed: 1),
                options: [:], seed: 1, host: host),
            endpoints: [
                EndpointInfo(
                    id: EndpointID(0), url: Shown(own: url), label: "l", model: model, server: "uvicorn",
                    dialect: "chat",
                    version: version)
            ],
            levels: users.sorted { $0.key < $1.key }.enumerated().map { number, level in
                LevelResult(
                    endpoint: EndpointID(0), level: number, load: .users(level.key), windowStart: start,
                    windowEnd: start + .second, completed: 10, inputTokens: 5_000, outputTokens: 1_000,
                    throughput: Estimate(mean: 640, halfWidth: nil), budgetHeld: level.value, inputsSaid: 8)
            })
    }

    private static func find(
        _ url: String, model: Shown? = "m", server: Shown? = nil, in sweeps: [RecordedSweep]
    ) -> RecordedLine? {
        MeasuredLines(sweeps.flatMap(\.lines)).line(for: LineSeeker(url: url, model: model, server: server))
    }

    @Test func aLineHasWhatItWasMeasuredWith() throws {
        let sweep = try Self.sweep()
        let line = try #require(sweep.lines.first).line
        #expect(line.users == 4 && !line.isLowerBound && line.tokensPerSecond == 640)
        #expect(line.budget == "ttft:p95<900ms" && line.runID == sweep.session.runID)
        // As they came: 5 000 tokens of the 8 prompts that were counted.
        #expect(line.inputTokens == 625 && line.outputTokens == 100)
        #expect(try Self.sweep(users: [4: true, 8: true]).lines.first?.line.isLowerBound == true)
    }

    @Test func lengthsAreThePlansWhereNobodyCounted() throws {
        let sweep = try Self.sweep()
        let bare = RecordedSweep(
            session: sweep.session, endpoints: sweep.endpoints,
            levels: sweep.levels.map { level in
                var level = level
                (level.inputTokens, level.outputTokens) = (0, 0)
                return level
            })
        #expect(bare.lines.first?.line.inputTokens == 512 && bare.lines.first?.line.outputTokens == 128)
    }

    @Test func noneWithoutABudgetOrWhereNothingHeld() throws {
        #expect(try Self.sweep(budget: false).lines.isEmpty)
        #expect(try Self.sweep(users: [1: false]).lines.isEmpty)
        #expect(try Self.sweep(users: [:]).lines.isEmpty)
    }

    @Test(arguments: [
        "http://gpu01:8000", "http://gpu01:8000/", "http://gpu01:8000/v1", "HTTP://GPU01:8000/metrics",
        "gpu01:8000",
        "http://gpu01:8000/prometheus/metrics", "http://gpu01:8000/v1/completions",
        "http://gpu01:8000/api/chat",
    ]) func theSameServerByWhateverRoute(url: String) throws {
        #expect(Self.find(url, in: [try Self.sweep()])?.isOfSameURL == true)
    }

    @Test(arguments: [
        "http://gpu02:8000", "http://gpu01:8001", "https://gpu01:8000", "http://gpu01:8000/other/v1", "",
        "no url",
    ]) func anotherServer(url: String) throws {
        #expect(Self.find(url, in: [try Self.sweep()]) == nil)
    }

    @Test func belowAProxysPrefix() throws {
        let sweep = try Self.sweep(of: "https://proxy/llama/v1/chat/completions")
        #expect(Self.find("https://proxy/llama/metrics", in: [sweep]) != nil)
        #expect(Self.find("https://proxy/qwen/v1", in: [sweep]) == nil)
    }

    @Test func loopbackIsAnotherServerOnEachMachine() throws {
        let url = "http://127.0.0.1:8000/v1/chat/completions"
        let here = try Self.sweep(of: url, host: ThisMachine.name)
        #expect(Self.find("http://localhost:8000", in: [here]) != nil)
        #expect(Self.find("http://\(ThisMachine.name):8000", in: [here]) != nil)
        #expect(Self.find("http://localhost:8000", in: [try Self.sweep(of: url, host: "elsewhere")]) == nil)
    }

    @Test func theNewestCounts() throws {
        let sweeps = try [
            Self.sweep(at: 1, users: [2: true]), Self.sweep(at: 3, users: [16: true]),
            Self.sweep(at: 2, users: [8: true]),
        ]
        #expect(Self.find("http://gpu01:8000", in: sweeps)?.users == 16)
    }

    @Test func anotherModelAtTheSamePlaceIsNotTheSame() throws {
        let sweeps = try [Self.sweep(at: 1), Self.sweep(model: "other", at: 2, users: [16: true])]
        #expect(Self.find("http://gpu01:8000", in: sweeps)?.users == 4)
        // Who doesn't say which model it has may have any.
        #expect(Self.find("http://gpu01:8000", model: nil, in: sweeps)?.users == 16)
    }

    @Test func elseOfTheSameModelAndVersion() throws {
        let sweeps = try [
            Self.sweep(version: "0.33.0", at: 1), Self.sweep(version: "0.34.0", at: 2, users: [16: true]),
        ]
        let line = Self.find("http://gpu02:8000", server: "vLLM 0.33.0", in: sweeps)
        #expect(line?.users == 4 && line?.isOfSameURL == false)
        #expect(Self.find("http://gpu02:8000", model: "other", server: "vLLM 0.33.0", in: sweeps) == nil)
        #expect(Self.find("http://gpu02:8000", server: "vLLM 0.33", in: sweeps) == nil)
        #expect(Self.find("http://gpu02:8000", in: sweeps) == nil)
    }

    @Test func aDemoCountsForItsOwnServerOnly() throws {
        let demo = try Self.sweep(version: "0.33.0", command: "demo")
        #expect(Self.find("http://gpu02:8000", server: "vLLM 0.33.0", in: [demo]) == nil)
        #expect(Self.find("http://gpu01:8000", in: [demo]) != nil)
    }

    @Test func aChosenRecordingsOnlyLineCounts() throws {
        let seeker = LineSeeker(url: "http://gpu09:1", model: "other", server: nil)
        let one = MeasuredLines(try Self.sweep().lines)
        #expect(one.chosenLine(for: seeker)?.users == 4 && one.chosenLine(for: seeker)?.isOfSameURL == false)
        let two = MeasuredLines(
            try Self.sweep().lines + Self.sweep(of: "http://gpu02:8000", users: [16: true]).lines)
        #expect(two.chosenLine(for: seeker) == nil)
        #expect(two.chosenLine(for: LineSeeker(url: "gpu02:8000", model: nil, server: nil))?.users == 16)
    }
}
