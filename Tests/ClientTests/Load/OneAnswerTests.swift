import Measure
import Simulator
import Testing

@testable import Client

@Suite(.timeLimit(.minutes(5))) struct OneAnswerTests {
    /// One, and not the beginning of a next one; and each is of another prompt.
    @Test func oneRequestAndNoMore() async throws {
        try await withServer { server in
            let endpoint = try await discover(server.url)
            #expect(endpoint.spent.requests > 0 && endpoint.spent.tokens > 40)
            for _ in 0..<3 {
                let record = try #require(try await endpoint.oneAnswer(outputTokens: 16))
                #expect(record.succeeded && record.number == 1 && record.outputTokens == 16)
                #expect(record.timeToFirstToken ?? 0 >= 2 * .millisecond && record.connect != nil)
                #expect(record.timePerOutputToken != nil && record.cachedTokens ?? 0 < 40)
            }
        }
    }

    @Test func itsTaskIsCancelled() async throws {
        try await withServer(
            SimulatorSettings(
                mode: .paced(PacedModel(ttft: 2 * .millisecond, tpot: 200 * .microsecond, tick: 0)))
        ) { server in
            let endpoint = try await discover(server.url)
            let asking = Task { try await endpoint.oneAnswer(outputTokens: 1_000_000) }
            asking.cancel()
            #expect(try await asking.value == nil)
        }
    }
}
