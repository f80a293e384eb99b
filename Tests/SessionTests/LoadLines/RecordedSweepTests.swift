import Measure
import Testing

@testable import Session

@Suite struct RecordedSweepTests {
    private static let start = Moment(nanoseconds: 1_000 * .second)
    private static let session = SessionInfo(
        started: WallAnchor(moment: start, unixNanoseconds: 1_760_000_000 * .second), version: "0",
        command: "sweep",
        options: [:], seed: 1, host: "h")

    private static func sweep(budget: String? = "ttft:p95<900ms") throws -> RecordedSweep? {
        var session = session
        session.plan = SessionPlan(
            workload: Workload(inputTokens: 512, outputTokens: 128),
            sweep: SweepPlan(
                levels: .list([1]), dwell: .second, warmUp: .second,
                budget: try budget.map { try LatencyBudget(parsing: $0) }), seed: 1)
        let endpoints = (0...1).map {
            EndpointInfo(id: EndpointID($0), url: "http://gpu0\($0)", label: "l", model: "m", dialect: "chat")
        }
        return RecordedSweep(session, endpoints)
    }

    private static func level(_ number: Int, _ users: Int, held: Bool, counted: Bool = true) -> LevelResult {
        LevelResult(
            endpoint: EndpointID(0), level: number, load: .users(users), windowStart: start,
            windowEnd: start + .second, completed: 10, inputTokens: counted ? 5_000 : 0,
            outputTokens: counted ? 1_000 : 0, throughput: Estimate(mean: 640, halfWidth: nil),
            budgetHeld: held,
            inputsSaid: counted ? 8 : nil)
    }

    @Test func aLineHasWhatItWasMeasuredWith() throws {
        let lines = try #require(try Self.sweep())
            .lines(in: [Self.level(0, 4, held: true), Self.level(1, 8, held: false)])
        #expect(lines.count == 1)
        let line = try #require(lines[EndpointID(0)])
        #expect(line.users == 4 && !line.isLowerBound && line.tokensPerSecond == 640)
        #expect(
            line.budget == "ttft:p95<900ms" && line.runID == Self.session.runID && line.url == "http://gpu00")
        // As they came: 5 000 tokens of the 8 prompts that were counted.
        #expect(line.inputTokens == 625 && line.outputTokens == 100)
    }

    @Test func lengthsAreThePlansWhereNobodyCounted() throws {
        let lines = try #require(try Self.sweep()).lines(in: [Self.level(0, 4, held: true, counted: false)])
        let line = try #require(lines[EndpointID(0)])
        #expect(line.inputTokens == 512 && line.outputTokens == 128)
        // More was not tried.
        #expect(line.isLowerBound)
    }

    @Test func noneWithoutABudgetOrWhereNothingHeld() throws {
        #expect(try Self.sweep(budget: nil) == nil)
        let sweep = try #require(try Self.sweep())
        #expect(sweep.lines(in: []).isEmpty && sweep.lines(in: [Self.level(0, 1, held: false)]).isEmpty)
    }
}
