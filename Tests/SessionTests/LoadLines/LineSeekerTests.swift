import Measure
import System
import Testing

@testable import Session

@Suite struct LineSeekerTests {
    private static func sweep(
        of url: String = "http://gpu01:8000/v1/chat/completions", model: Shown = "m", version: Shown? = nil,
        at hour: Int64 = 0, command: String = "sweep", host: String = "h"
    ) throws -> RecordedSweep {
        let plan = SweepPlan(
            levels: .list([1]), dwell: .second, warmUp: .second,
            budget: try LatencyBudget(parsing: "ttft:p95<900ms"))
        let session = SessionInfo(
            started: WallAnchor(
                moment: .zero, unixNanoseconds: 1_760_000_000 * .second + hour * 3_600 * .second),
            version: "0", command: command,
            plan: SessionPlan(workload: Workload(inputTokens: 8, outputTokens: 8), sweep: plan, seed: 1),
            options: [:], seed: 1, host: host)
        let endpoint = EndpointInfo(
            id: EndpointID(0), url: Shown(own: url), label: "l", model: model, server: "uvicorn",
            dialect: "chat",
            version: version)
        return try #require(RecordedSweep(session, [endpoint]))
    }

    /// Which of the sweeps, the first choice first.
    private static func find(
        _ url: String, model: Shown? = "m", server: Shown? = nil, in sweeps: [RecordedSweep]
    ) -> [Int] {
        LineSeeker(url: url, model: model, server: server).candidates(in: sweeps).map(\.sweep)
    }

    @Test(arguments: [
        "http://gpu01:8000", "http://gpu01:8000/", "http://gpu01:8000/v1", "HTTP://GPU01:8000/metrics",
        "gpu01:8000",
        "http://gpu01:8000/prometheus/metrics", "http://gpu01:8000/v1/completions",
        "http://gpu01:8000/api/chat",
    ]) func theSameServerByWhateverRoute(url: String) throws {
        #expect(Self.find(url, in: [try Self.sweep()]) == [0])
    }

    @Test(arguments: [
        "http://gpu02:8000", "http://gpu01:8001", "https://gpu01:8000", "http://gpu01:8000/other/v1", "",
        "no url",
    ]) func anotherServer(url: String) throws {
        #expect(Self.find(url, in: [try Self.sweep()]) == [])
    }

    @Test func belowAProxysPrefix() throws {
        let sweep = try Self.sweep(of: "https://proxy/llama/v1/chat/completions")
        #expect(Self.find("https://proxy/llama/metrics", in: [sweep]) == [0])
        #expect(Self.find("https://proxy/qwen/v1", in: [sweep]) == [])
    }

    @Test func loopbackIsAnotherServerOnEachMachine() throws {
        let url = "http://127.0.0.1:8000/v1/chat/completions"
        let here = try Self.sweep(of: url, host: ThisMachine.name)
        #expect(Self.find("http://localhost:8000", in: [here]) == [0])
        #expect(Self.find("http://\(ThisMachine.name):8000", in: [here]) == [0])
        #expect(Self.find("http://localhost:8000", in: [try Self.sweep(of: url, host: "elsewhere")]) == [])
    }

    @Test func theNewestComesFirst() throws {
        let sweeps = try [Self.sweep(at: 1), Self.sweep(at: 3), Self.sweep(at: 2)]
        #expect(Self.find("http://gpu01:8000", in: sweeps) == [1, 2, 0])
    }

    @Test func anotherModelAtTheSamePlaceIsNotTheSame() throws {
        let sweeps = try [Self.sweep(at: 1), Self.sweep(model: "other", at: 2)]
        #expect(Self.find("http://gpu01:8000", in: sweeps) == [0])
        // Who doesn't say which model it has may have any.
        #expect(Self.find("http://gpu01:8000", model: nil, in: sweeps) == [1, 0])
    }

    @Test func elseOfTheSameModelAndVersion() throws {
        let sweeps = try [
            Self.sweep(version: "0.33.0", at: 1), Self.sweep(version: "0.34.0", at: 2),
            Self.sweep(of: "http://gpu02:8000/v1", at: 0),
        ]
        #expect(Self.find("http://gpu03:8000", server: "vLLM 0.33.0", in: sweeps) == [0])
        #expect(Self.find("http://gpu02:8000", server: "vLLM 0.33.0", in: sweeps) == [2, 0])
        #expect(Self.find("http://gpu03:8000", model: "other", server: "vLLM 0.33.0", in: sweeps) == [])
        #expect(Self.find("http://gpu03:8000", server: "vLLM 0.33", in: sweeps) == [])
        #expect(Self.find("http://gpu03:8000", in: sweeps) == [])
    }

    @Test func aDemoCountsForItsOwnServerOnly() throws {
        let demo = try Self.sweep(version: "0.33.0", command: "demo")
        #expect(Self.find("http://gpu02:8000", server: "vLLM 0.33.0", in: [demo]) == [])
        #expect(Self.find("http://gpu01:8000", in: [demo]) == [0])
    }
}
