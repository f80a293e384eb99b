import Foundation
import Measure
import Testing
import Wire

@testable import Simulator

@Suite(.serialized) struct TruthOverTheWireTests {
    @Test(arguments: [1, 2])
    func agreesWithWhatWasRead(loops: Int) async throws {
        let model = PacedModel(ttft: 5 * .millisecond, tpot: .millisecond, tick: 0)
        let settings = SimulatorSettings(mode: .paced(model), keepsTokenTimes: true)
        try await withServer(settings, loops: loops) { server async throws in
            let clients = try (0..<6).map { _ in try RawClient(port: server.port) }
            let before = SystemTime.now()
            for (number, client) in clients.enumerated() {
                client.post(
                    "/v1/chat/completions", chat(tokens: 20 + number), headers: "X-Request-Id: r\(number)\r\n"
                )
            }
            for client in clients { client.readResponse() }
            let truth = try #require(await server.truth())
            // A client may have read the last byte before the server has looked at its clock.
            let after = SystemTime.now()
            #expect(truth.totals.finished == 6)
            #expect(truth.totals.outputTokens == (20...25).reduce(0, +))
            #expect(truth.lag.count == truth.totals.chunks)
            for (number, client) in clients.enumerated() {
                let request = try #require(truth.requests.first { $0.id == "r\(number)" })
                let read = Response(prefixOf: client.bytes)
                #expect(request.outputTokens == read.texts("content").count)
                #expect(request.promptTokens == read.usage?["prompt_tokens"]?.integer)
                #expect(request.received >= before && request.ended <= after)
                #expect(request.firstMeant == request.received + 5 * .millisecond)
                #expect(request.lastMeant == request.received + (5 + 19 + Int64(number)) * .millisecond)
                let meant = try #require(request.meant)
                let sent = try #require(request.sent)
                #expect(meant.count == request.outputTokens && sent.count == meant.count)
                #expect(zip(meant, sent).allSatisfy { $0 <= $1 })
                #expect(zip(sent, sent.dropFirst()).allSatisfy { $0 <= $1 })
                #expect(request.lagMax == zip(meant, sent).map { $1 - $0 }.max())
                #expect(try #require(request.ttft) >= 5 * .millisecond)
            }
        }
    }

    @Test func isReadableOverHTTP() async throws {
        try await withServer(SimulatorSettings(mode: .batching(BatchingModel(stepBase: .millisecond)))) {
            server in
            for number in 0..<3 {
                let headers = "X-Request-Id: mine\(number)\r\n"
                #expect(try server.ask(chat(tokens: 5), headers: headers).isComplete)
            }
            let text = try server.get("/truth").text
            let truth = try JSONDecoder().decode(SimulatorTruth.self, from: Data(text.utf8))
            #expect(truth.totals.finished == 3 && truth.requests.count == 3)
            #expect(truth.ceiling == server.settings.ceiling(inputTokens: 24, outputTokens: 5))
            let since = try #require(truth.requests.first { $0.id == "mine1" }).ended.nanoseconds
            let text2 = try server.get("/truth?since=\(since)").text
            let later = try JSONDecoder().decode(SimulatorTruth.self, from: Data(text2.utf8))
            #expect(later.requests.map(\.id) == ["mine2"])
            let metrics = try server.get("/metrics").text
            #expect(
                metrics.contains(
                    "vllm:generation_tokens_total{engine=\"0\",model_name=\"simulated-8b\"} 15.0\n"))
            #expect(metrics.contains("vllm:num_requests_running{"))
            #expect(try server.get("/truth/reset").status == 200)
            #expect(await server.truth()?.totals == TruthTotals())
        }
    }

    @Test(arguments: [1, 2])
    func batchingServesMoreUsersThanSlots(loops: Int) async throws {
        let model = BatchingModel(slots: 4, stepBase: .millisecond)
        try await withServer(SimulatorSettings(mode: .batching(model)), loops: loops) { server async throws in
            let clients = try (0..<16).map { _ in try RawClient(port: server.port) }
            for client in clients { client.post("/v1/chat/completions", chat(tokens: 20)) }
            for client in clients {
                #expect(client.takeResponse().texts("content").count == 20)
            }
            let truth = try #require(await server.truth())
            // Never more than four at once, however late the clients' requests came in.
            let spans = try truth.requests.map { try (#require($0.firstMeant), #require($0.lastMeant)) }
            #expect(spans.count == 16)
            for (start, _) in spans { #expect(spans.count { $0.0 <= start && start <= $0.1 } <= 4) }
            #expect(truth.running == 0 && truth.waiting == 0)
        }
    }

    @Test func aClientThatGoesAwayFreesItsSlot() async throws {
        let model = BatchingModel(slots: 1, stepBase: .millisecond)
        try await withServer(SimulatorSettings(mode: .batching(model))) { server async throws in
            var client: RawClient? = try RawClient(port: server.port)
            client?.post("/v1/chat/completions", chat(tokens: 100_000))
            client?.read { Response(prefixOf: $0).chunks.count > 2 }
            client = nil
            #expect(try server.ask(chat(tokens: 3)).texts("content").count == 3)
            let truth = try #require(await server.truth())
            #expect(truth.totals.aborted == 1 && truth.totals.finished == 1)
            #expect(truth.running == 0)
        }
    }

    @Test func latencyStepsAtAKnownNumberOfUsers() async throws {
        let step = LatencyStep(users: 4, extra: 300 * .millisecond)
        let modes: [SimulatorSettings.Mode] = [
            .paced(PacedModel(ttft: .millisecond, tpot: 50 * .microsecond, tick: 0, ttftStep: step)),
            .batching(BatchingModel(stepBase: .millisecond, ttftStep: step)),
        ]
        for mode in modes {
            try await withServer(SimulatorSettings(mode: mode)) { server async throws in
                for users in [3, 4] {
                    let clients = try (0..<users).map { _ in try RawClient(port: server.port) }
                    await server.resetTruth()
                    for client in clients { client.post("/v1/chat/completions", chat(tokens: 400)) }
                    for client in clients { client.takeResponse() }
                    let truth = try #require(await server.truth())
                    // By what was meant: the machine's speed does not come into it.
                    let slow = truth.requests.compactMap { request in
                        request.firstMeant.map { $0 - request.received }
                    }.filter { $0 >= step.extra }
                    #expect(slow.isEmpty == (users < 4))
                }
            }
        }
    }
}
