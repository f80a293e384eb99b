import Measure
import Testing

@testable import Simulator

struct SimulatorSettingsTests {
    @Test func defaultsAreValid() throws {
        try SimulatorSettings().validate()
        try SimulatorSettings(mode: .paced(PacedModel())).validate()
    }

    @Test(arguments: [
        SimulatorSettings(model: ""), SimulatorSettings(mode: .batching(BatchingModel(slots: 0))),
        SimulatorSettings(mode: .batching(BatchingModel(stepBase: 0, stepPerSequence: 0))),
        SimulatorSettings(mode: .batching(BatchingModel(prefillRate: .nan))),
        SimulatorSettings(mode: .batching(BatchingModel(prefillRate: 0))),
        SimulatorSettings(mode: .paced(PacedModel(ttft: -1))),
        SimulatorSettings(mode: .paced(PacedModel(ttftStep: LatencyStep(users: 0, extra: 1)))),
        SimulatorSettings(naturalLength: 0...5), SimulatorSettings(defaultOutputTokens: 0),
        SimulatorSettings(fault: FaultChoice(.reset, probability: .nan)),
        SimulatorSettings(keptRequests: -1), SimulatorSettings(contextLength: .max),
        SimulatorSettings(mode: .batching(BatchingModel(slots: .max))),
        SimulatorSettings(mode: .batching(BatchingModel(stepBase: .max))),
        SimulatorSettings(mode: .batching(BatchingModel(stepPerSequence: .max))),
        SimulatorSettings(mode: .batching(BatchingModel(stepPerSequence: -1))),
        SimulatorSettings(mode: .batching(BatchingModel(slots: 1_000_000, stepPerPair: .millisecond))),
        SimulatorSettings(mode: .batching(BatchingModel(prefillRate: .infinity))),
        SimulatorSettings(mode: .batching(BatchingModel(prefillRate: -1))),
        SimulatorSettings(mode: .batching(BatchingModel(overhead: .max))),
        SimulatorSettings(mode: .paced(PacedModel(tpot: .max))),
        SimulatorSettings(mode: .paced(PacedModel(ttft: .max))),
        SimulatorSettings(mode: .paced(PacedModel(tick: .max))),
        SimulatorSettings(mode: .paced(PacedModel(ttftStep: LatencyStep(users: 1, extra: .max)))),
        SimulatorSettings(faultTime: -1), SimulatorSettings(faultTime: .max),
    ])
    func nonsenseIsRefused(settings: SimulatorSettings) {
        #expect(throws: SimulatorError.self) { try settings.validate() }
    }

    /// The most that the settings allow, and more, never traps.
    @Test func theModelsBearTheirExtremes() throws {
        let hour = 3_600 * Nanoseconds.second
        let paced = PacedModel(ttft: hour, tpot: hour, ttftJitter: hour, tick: .second)
        try SimulatorSettings(mode: .paced(paced), contextLength: 1 << 24).validate()
        let first = Moment(nanoseconds: hour)
        #expect(paced.due(1, first: first) == Moment(nanoseconds: 2 * hour))
        #expect(paced.due(1 << 24, first: first) > paced.due(1, first: first))
        #expect(paced.due(.max, first: first) == paced.due(1 << 24, first: first))
        #expect(paced.analyticThroughput(users: .max, outputTokens: .max) >= 0)
        let slow = BatchingModel(slots: 3_000, stepBase: .second, stepPerSequence: .second, prefillRate: 1)
        try SimulatorSettings(mode: .batching(slow), contextLength: 1 << 24).validate()
        #expect(slow.analyticThroughput(users: .max, inputTokens: .max, outputTokens: .max).isFinite)
        var scheduler = BatchScheduler<Int>(model: slow)
        for id in 0..<3_000 {
            scheduler.submit(id, promptTokens: 1 << 24, outputTokens: 2, at: .zero, extra: hour)
        }
        var made: [BatchScheduler<Int>.Emission] = []
        scheduler.advance(to: Moment(nanoseconds: .max / 4), into: &made)
        #expect(made.count == 6_000)
        #expect(scheduler.next == nil)
    }

    @Test func faultsAreReadByName() throws {
        #expect(try FaultChoice(parsing: "fault:reset") == FaultChoice(.reset))
        #expect(try FaultChoice(parsing: "fault:cut-json:0.25") == FaultChoice(.cutJSON, probability: 0.25))
        #expect(try FaultChoice(parsing: "drip") == FaultChoice(.drip))
        for text in [
            "", "fault:", "fault:nothing", "fault:reset:2", "fault:reset:x", "fault:reset:1:1", "reset:nan",
        ] {
            #expect(throws: SimulatorError.unknownFault(text)) { try FaultChoice(parsing: text) }
        }
        let error = SimulatorError.unknownFault("x").description
        for fault in SimulatorFault.allCases {
            #expect(error.contains(fault.rawValue))
            #expect(!fault.summary.isEmpty && !fault.summary.contains("\n"))
        }
    }

    @Test func aShareOfTheRequestsIsStruck() {
        var random = SplitMix64(seed: 11)
        let choice = FaultChoice(.reset, probability: 0.3)
        let struck = (0..<10_000).count { _ in choice.strikes(&random) != nil }
        #expect((2_800...3_200).contains(struck))
        #expect(FaultChoice(.reset, probability: 0).strikes(&random) == nil)
    }
}
