import Measure
import Testing
import Wire

@testable import Simulator

/// Every fault, over a real socket.
@Suite(.serialized) struct FaultTests {
    @Test(arguments: SimulatorFault.allCases)
    func strikes(fault: SimulatorFault) async throws {
        try await withServer { server async throws in
            let client = try RawClient(port: server.port)
            let more = ",\"ignore_eos\":true,\"min_tokens\":8"
            var body = chat("fault:\(fault.rawValue)", tokens: 8, more: more)
            if fault == .refuseContinuousUsage {
                body = body.replacing(
                    "\"include_usage\":true", with: "\"include_usage\":true,\"continuous_usage_stats\":true")
            }
            client.post("/v1/chat/completions", body)
            check(fault, client)
        }
    }

    private func check(_ fault: SimulatorFault, _ client: RawClient) {
        switch fault {
        case .reset, .close, .garbage, .hang, .stall, .endlessHead, .endlessLine, .drip, .closeAfter,
            .closeAtDone:
            checkConnection(fault, client)
        case .unauthorized, .notFound, .rateLimit, .rateLimitDate, .serverError, .unavailable, .html,
            .refuseStreamOptions,
            .refuseContinuousUsage, .refuseIgnoreEOS, .refuseMinTokens:
            checkStatus(fault, client.takeResponse())
        default:
            checkShape(fault, client.takeResponse(), raw: client)
        }
    }

    private func checkConnection(_ fault: SimulatorFault, _ client: RawClient) {
        switch fault {
        case .reset: #expect(client.read() == .reset)
        case .close, .garbage: #expect([.closed, .reset].contains(client.read()))
        case .closeAfter, .closeAtDone: #expect(client.read() == .closed)
        // That nothing comes can only be seen by waiting a little; a pass is no proof, a failure is.
        case .hang: #expect(client.read(seconds: 0.1) == .silent && client.bytes.isEmpty)
        case .stall:
            client.read { Response(prefixOf: $0).texts("content").count == 4 }
            #expect(client.read(seconds: 0.1) == .silent)
        case .endlessHead, .endlessLine: #expect(client.read { $0.count > 200_000 } == .satisfied)
        default: #expect(client.readResponse() == .satisfied)
        }
        let response = Response(prefixOf: client.bytes)
        switch fault {
        case .reset, .close, .stall:
            #expect(!response.isComplete)
            #expect(response.texts("content").count == 4)
        case .garbage: #expect(response.isMalformed)
        case .endlessHead: #expect(response.status == 0)
        case .endlessLine: #expect(!response.isComplete && response.text.hasSuffix("xxxx"))
        case .drip:
            #expect(response.longestChunk == 1)
            #expect(response.texts("content").count == 8)
        case .closeAfter: #expect(response.isComplete && response.texts("content").count == 8)
        case .closeAtDone:
            #expect(!response.isComplete && response.texts("content").count == 8)
            #expect(response.events.last == "[DONE]" && response.usage != nil)
        default: break
        }
    }

    private func checkStatus(_ fault: SimulatorFault, _ response: Response) {
        let expected: Int =
            switch fault {
            case .unauthorized: 401
            case .notFound: 404
            case .rateLimit, .rateLimitDate: 429
            case .serverError: 500
            case .unavailable: 503
            case .html: 200
            default: 400
            }
        #expect(response.status == expected)
        switch fault {
        case .rateLimit: #expect(response.headers["retry-after"] == "1")
        case .rateLimitDate:
            let (now, then) = (response.headers["date"] ?? "", response.headers["retry-after"] ?? "")
            #expect(then.hasSuffix(" GMT") && then.utf8.count == now.utf8.count && then != now)
        case .html: #expect(response.text.hasPrefix("<!DOCTYPE html>"))
        default: #expect(response.json?["error"]?["code"]?.integer == expected)
        }
        if let field = fault.refusedField {
            #expect(response.json?["error"]?["message"]?.string?.contains(field) == true)
        }
    }

    private func checkShape(_ fault: SimulatorFault, _ response: Response, raw: RawClient) {
        #expect(response.isComplete && response.status == 200)
        let contents = response.texts("content")
        switch fault {
        case .cutJSON:
            #expect(response.chunks.count < response.events.count)
            #expect(contents.count == 4)
        case .errorEvent:
            #expect(response.chunks.last?["error"] != nil && response.events.last == "[DONE]")
            #expect(contents.count == 4)
        case .namedError:
            #expect(response.text.hasSuffix("\n\nevent: error\ndata: The engine has died.\n\n"))
            #expect(contents.count == 4 && response.finishReason == nil)
        case .truncated:
            #expect(contents.count == 4 && response.finishReason == nil)
            #expect(response.chunks.allSatisfy { $0["usage"] == nil } && response.events.last != "[DONE]")
        case .zeroUsage, .hugeUsage:
            // As text: no Double holds the larger.
            let claimed = fault == .zeroUsage ? "0" : "9999999999999999"
            #expect(response.text.contains("\"completion_tokens\":\(claimed)}") && contents.count == 8)
        case .held, .bursts, .blocks, .tail, .openAfterDone:
            // Nothing but the time is different.
            #expect(contents.count == 8 && response.finishReason == "length")
            #expect(response.usage?["completion_tokens"]?.integer == 8 && response.events.last == "[DONE]")
        case .bigToken: #expect(contents.contains { $0.utf8.count > 3_000 } && contents.count == 8)
        case .crlf: #expect(!response.text.replacing("\r\n", with: "").contains("\n") && contents.count == 8)
        case .split: #expect(response.longestChunk == 7 && contents.count == 8)
        case .comments:
            #expect(response.text.contains("\n: keep-alive\n") && response.text.contains("event: ping\n"))
            #expect(contents.count == 8)
        case .noUsage: #expect(response.chunks.allSatisfy { $0["usage"] == nil } && contents.count == 8)
        case .noRole: #expect(response.deltas.allSatisfy { $0["role"] == nil } && contents.count == 8)
        case .several:
            #expect(contents.count == 3)
            #expect(response.usage?["completion_tokens"]?.integer == 8)
        case .reasoningContent, .reasoning:
            let key = fault == .reasoning ? "reasoning" : "reasoning_content"
            #expect(response.texts(key).count == 4 && contents.count == 4)
        case .toolCalls:
            let calls = response.deltas.compactMap { $0["tool_calls"]?.first?["function"] }
            #expect(calls.count == 8 && calls.first?["name"]?.string == "look_up" && contents.isEmpty)
            #expect(response.finishReason == "tool_calls")
        case .cacheHits:
            #expect(response.usage?["prompt_tokens_details"]?["cached_tokens"]?.integer == 12)
        case .halfLength: #expect(contents.count == 4 && response.finishReason == "stop")
        case .oneToken: #expect(contents.count == 1 && response.usage?["completion_tokens"]?.integer == 1)
        default: Issue.record("no check for \(fault)")
        }
    }

    @Test(arguments: SimulatorFault.allCases)
    func oneTokenAnswersSurvive(fault: SimulatorFault) async throws {
        try await withServer { server async throws in
            let client = try RawClient(port: server.port)
            client.post("/v1/chat/completions", chat("fault:\(fault.rawValue)", tokens: 1))
            client.read(seconds: 0.05) { $0.count > 50_000 }
            #expect(try server.get("/health").status == 200)
        }
    }

    @Test func faultsOfTheSettingsStrikeTheirShare() async throws {
        var settings = SimulatorSettings.quick
        settings.fault = FaultChoice(.unavailable, probability: 0.5)
        try await withServer(settings) { server async throws in
            let client = try RawClient(port: server.port)
            var struck = 0
            for _ in 0..<60 {
                client.post("/v1/chat/completions", chat(tokens: 1))
                if client.takeResponse().status == 503 { struck += 1 }
            }
            // Seeded: the same every time.
            #expect((15...45).contains(struck))
            let truth = try #require(await server.truth())
            #expect(truth.totals.faulted == struck && truth.totals.finished == 60 - struck)
        }
    }
}
