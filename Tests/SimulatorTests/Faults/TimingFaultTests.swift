import Measure
import Testing
import Wire

@testable import Simulator

/// Faults that change nothing but when the parts of an answer are sent.
@Suite(.serialized) struct TimingFaultTests {
    private static func texts(_ bytes: [UInt8]) -> Int { Response(prefixOf: bytes).texts("content").count }

    private static func settings(_ faultTime: Nanoseconds?) -> SimulatorSettings {
        var settings = SimulatorSettings.quick
        settings.faultTime = faultTime
        return settings
    }

    /// What one read, the first with a token in it, has brought.
    private func firstSight(
        _ fault: SimulatorFault, tokens: Int, faultTime: Nanoseconds? = nil,
        _ check: (RawClient) throws -> Void
    ) async throws {
        try await withServer(Self.settings(faultTime)) { server async throws in
            let client = try RawClient(port: server.port)
            client.post("/v1/chat/completions", chat("fault:\(fault.rawValue)", tokens: tokens))
            #expect(client.read { Self.texts($0) > 0 } == .satisfied)
            try check(client)
        }
    }

    @Test func aHeldStreamComesAtOnce() async throws {
        try await firstSight(.held, tokens: 32) { client in
            #expect(Self.texts(client.bytes) == 32)
            #expect(Response(prefixOf: client.bytes).isComplete)
        }
    }

    @Test func aStreamInBlocksComesByTheBlock() async throws {
        try await firstSight(.blocks, tokens: 100) { client in
            let (bytes, reads) = (client.bytes.count, client.reads)
            #expect(Self.texts(client.bytes) >= 8)
            // The head came before it, by itself or with it.
            #expect(bytes > 4_096)
            client.readResponse()
            let response = Response(prefixOf: client.bytes)
            #expect(response.isComplete && response.texts("content").count == 100)
            #expect(client.reads - reads <= client.bytes.count / 4_096 + 1)
        }
    }

    @Test func aStreamInBurstsComesByTheTime() async throws {
        // The buffer's time is that of 100 tokens.
        try await firstSight(.bursts, tokens: 300, faultTime: 20 * .millisecond) { client in
            let reads = client.reads
            #expect(Self.texts(client.bytes) >= 8)
            client.readResponse()
            #expect(Self.texts(client.bytes) == 300)
            #expect(client.reads - reads < 30)
        }
    }

    @Test func theTailComesAfterTheLastToken() async throws {
        try await withServer(Self.settings(60 * .second)) { server async throws in
            let client = try RawClient(port: server.port)
            client.post("/v1/chat/completions", chat("fault:tail", tokens: 8))
            #expect(client.read { Self.texts($0) == 8 } == .satisfied)
            // That nothing comes can only be seen by waiting a little; a pass is no proof, a failure is.
            #expect(client.read(seconds: 0.1) == .silent)
            let response = Response(prefixOf: client.bytes)
            #expect(!response.isComplete && response.events.last != "[DONE]")
            #expect(response.chunks.allSatisfy { $0["usage"] == nil })
            #expect(await server.truth()?.totals.outputTokens == 8)
        }
    }

    @Test func theBodyStaysOpenAfterDone() async throws {
        try await withServer(Self.settings(60 * .second)) { server async throws in
            let client = try RawClient(port: server.port)
            client.post("/v1/chat/completions", chat("fault:open-after-done", tokens: 8))
            #expect(client.read { Response(prefixOf: $0).events.last == "[DONE]" } == .satisfied)
            #expect(client.read(seconds: 0.1) == .silent)
            #expect(!Response(prefixOf: client.bytes).isComplete)
            #expect(Response(prefixOf: client.bytes).usage?["completion_tokens"]?.integer == 8)
        }
    }

    @Test func theTruthIsTheServersNotTheBuffers() async throws {
        var settings = SimulatorSettings.quick
        settings.keepsTokenTimes = true
        settings.fault = FaultChoice(.held)
        try await withServer(settings) { server async throws in
            #expect(try server.ask(chat(tokens: 40)).texts("content").count == 40)
            let truth = try #require(await server.truth()?.requests.first)
            let (first, last) = (try #require(truth.firstMeant), try #require(truth.lastMeant))
            #expect(last - first >= 39 * 200 * .microsecond)
            #expect(truth.outputTokens == 40)
        }
    }
}
