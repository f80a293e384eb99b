import Foundation
import Measure
import Testing

/// A plan is recorded whole, and one that can't be read costs nothing but itself.
@Suite struct SessionPlanTests {
    private static let plan = SessionPlan(
        workload: Workload(inputTokens: 512, outputTokens: 128),
        sweep: SweepPlan(
            levels: .list([1, 2, 4]), dwell: 20 * .second, warmUp: .second, errorLimit: 0.02,
            budget: LatencyBudget(limits: [.init(metric: .ttft(.percentile(.p95)), below: 9e8)], text: "b"),
            bisects: false),
        seed: .max)

    private static let session = SessionInfo(
        started: WallAnchor(moment: .zero, unixNanoseconds: 1), version: "1", command: "sweep", plan: plan,
        options: ["users": "1,2,4"], seed: .max, host: "h")

    @Test func comesBackAsItWas() throws {
        let data = try JSONEncoder().encode(Self.session)
        #expect(try JSONDecoder().decode(SessionInfo.self, from: data) == Self.session)
    }

    @Test func whatOlderProgramsDidNotKnow() throws {
        var plan = Self.plan
        plan.oneAfterAnother = true
        let data = try JSONEncoder().encode(plan)
        #expect(try JSONDecoder().decode(SessionPlan.self, from: data) == plan)
        let older = String(decoding: data, as: UTF8.self)
            .replacingOccurrences(of: #""oneAfterAnother":true"#, with: #""other":1"#)
        #expect(try JSONDecoder().decode(SessionPlan.self, from: Data(older.utf8)) == Self.plan)
        plan.sweep = plan.sweep.held(for: 3600 * .second)
        #expect(try JSONDecoder().decode(SessionPlan.self, from: JSONEncoder().encode(plan)) == plan)
    }

    @Test(arguments: [
        (#""version":1"#, #""version":99"#), (#""workload""#, #""load""#),
        (#""dwell":20000000000"#, #""dwell":"long""#),
    ])
    func oneThatCannotBeReadIsLeftOut(_ from: String, _ to: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text = String(decoding: try encoder.encode(Self.session), as: UTF8.self)
        #expect(text.contains(from))
        let changed = Data(text.replacingOccurrences(of: from, with: to).utf8)
        let session = try JSONDecoder().decode(SessionInfo.self, from: changed)
        #expect(session.plan == nil)
        #expect(session.options == Self.session.options)
    }
}

@Suite struct TimeSpanParsingTests {
    @Test(arguments: [
        ("20s", 20 * Nanoseconds.second), ("500ms", 500 * .millisecond), ("1.5m", 90 * .second),
        ("2h", 7200 * .second),
    ])
    func spans(_ text: String, _ span: Nanoseconds) { #expect(Nanoseconds(parsing: text) == span) }

    @Test(arguments: ["", "s", "20", "0s", "-1s", "nans", "infs", "1e9h", "169h", "1 d", "20sec"])
    func none(_ text: String) { #expect(Nanoseconds(parsing: text) == nil) }
}
