import Measure
import Testing

@testable import Session

/// A server that works for others before the sweep has begun.
@Suite(.timeLimit(.minutes(10))) struct OthersTests {
    private struct BusyServer: WindowWitness {
        func others() async -> (source: SourceID, load: ForeignLoad)? {
            (SourceID(7), ForeignLoad(requestsPerSecond: 3.1, requestsOut: 12))
        }
        func windowOpens(_ level: Int) async {}
        func windowClosed(_ level: Int, _ known: WindowCircumstances) async -> WindowCircumstances { known }
    }

    @Test func theyAreSaidAndTheSweepGoesOn() async throws {
        let stage = try Stage(endpoints: 2)
        let status = try await stage.run(stage.request()) { parts in
            parts.witnesses = { _, _, _ in Witnesses(ofEndpoint: [EndpointID(1): BusyServer()]) }
        }
        #expect(status == .done)
        let said =
            "plimsoll: host1:8000: others are using this server: 12 running, 3.1 requests/s; figures will be too low\n"
        #expect(stage.console.errors.contains(said), "\(stage.console.errors)")
        #expect(!stage.console.errors.contains("host0:8000: others"))
        #expect(try stage.measured(1) == [1, 2, 4])
    }
}
