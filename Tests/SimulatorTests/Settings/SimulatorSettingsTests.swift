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
    ])
    func nonsenseIsRefused(settings: SimulatorSettings) {
        #expect(throws: SimulatorError.self) { try settings.validate() }
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
