import Measure
import Testing
import Wire

@testable import Simulator

/// The stream's shape, against what vLLM 0.32 sent.
@Suite(.serialized) struct WireShapeTests {
    private static func parse(_ text: String) throws -> JSONValue {
        try #require(JSONValue(parsing: text.utf8))
    }

    static let role =
        #"{"id":"chatcmpl-8828801d8284fc21","object":"chat.completion.chunk","created":1795317967,"model":"smollm2","choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}],"usage":{"prompt_tokens":36,"total_tokens":36,"completion_tokens":0,"completion_tokens_details":null},"prompt_token_ids":null,"prompt_text":null}"#
    static let token =
        #"{"id":"chatcmpl-8828801d8284fc21","object":"chat.completion.chunk","created":1795317967,"model":"smollm2","choices":[{"index":0,"delta":{"content":"The"},"logprobs":null,"finish_reason":null,"token_ids":null}],"usage":{"prompt_tokens":36,"total_tokens":37,"completion_tokens":1,"completion_tokens_details":null}}"#
    static let last =
        #"{"id":"chatcmpl-972da4d8dea34b04","object":"chat.completion.chunk","created":1795317966,"model":"smollm2","choices":[],"usage":{"prompt_tokens":36,"total_tokens":62,"completion_tokens":26},"system_fingerprint":"vllm-0.32.0-fc56c02c"}"#
    static let text =
        #"{"id":"cmpl-a81be1b08004b0c7","object":"text_completion","created":1795317976,"model":"smollm2","choices":[{"index":0,"text":" a","logprobs":null,"finish_reason":null,"stop_reason":null,"prompt_token_ids":null,"token_ids":null}]}"#

    private func expectSameShape(_ ours: JSONValue, _ real: String) throws {
        let real = try Self.parse(real)
        #expect(ours.keys == real.keys)
        #expect(ours["object"] == real["object"])
        #expect(ours["choices"]?.first?.keys == real["choices"]?.first?.keys)
        #expect(ours["choices"]?.first?["delta"]?.keys == real["choices"]?.first?["delta"]?.keys)
        #expect(ours["usage"]?.keys == real["usage"]?.keys)
    }

    @Test func chatWithContinuousUsage() async throws {
        try await withServer { server async throws in
            let body =
                #"{"model":"simulated-8b","messages":[{"role":"user","content":"Tell me of rivers"}],"max_completion_tokens":5,"stream":true,"stream_options":{"include_usage":true,"continuous_usage_stats":true}}"#
            let response = try server.ask(body)
            #expect(response.status == 200)
            #expect(response.headers["content-type"]?.hasPrefix("text/event-stream") == true)
            let chunks = response.chunks
            try #require(chunks.count == 7)
            #expect(response.events.last == "[DONE]")
            try expectSameShape(chunks[0], Self.role)
            for index in 1...4 { try expectSameShape(chunks[index], Self.token) }
            try expectSameShape(chunks[6], Self.last)
            #expect(chunks.map { $0["usage"]?["completion_tokens"]?.integer } == [0, 1, 2, 3, 4, 5, 5])
            #expect(chunks.allSatisfy { $0["usage"]?["prompt_tokens"]?.integer == 24 })
            #expect(response.finishReason == "length")
            #expect(response.texts("content").count == 5)
        }
    }

    @Test func textCompletion() async throws {
        try await withServer { server async throws in
            let response = try server.ask(
                #"{"model":"simulated-8b","prompt":"Rivers are","max_tokens":3,"stream":true}"#,
                path: "/v1/completions")
            try #require(response.chunks.count == 3)
            try expectSameShape(response.chunks[0], Self.text)
            #expect(response.chunks.allSatisfy { $0["usage"] == nil })
            #expect(response.finishReason == "length")
        }
    }

    @Test func notStreamed() async throws {
        try await withServer { server async throws in
            let response = try server.ask(chat(tokens: 4, stream: false))
            #expect(response.json?["usage"]?["completion_tokens"]?.integer == 4)
            #expect(response.json?["choices"]?.first?["message"]?["content"]?.string?.isEmpty == false)
            #expect(response.json?["object"]?.string == "chat.completion")
        }
    }

    @Test func theEarlyRoleChunkComesBeforeAnyToken() async throws {
        var settings = SimulatorSettings.quick
        settings.roleChunk = .early
        settings.mode = .paced(PacedModel(ttft: 60 * .second))
        try await withServer(settings) { server async throws in
            let client = try RawClient(port: server.port)
            client.post("/v1/chat/completions", chat())
            let end = client.read { Response(prefixOf: $0).chunks.count == 1 }
            #expect(end == .satisfied)
            #expect(Response(prefixOf: client.bytes).texts("content").isEmpty)
        }
    }

    @Test func naturalEndsAreHonouredUnlessForbidden() async throws {
        var settings = SimulatorSettings.quick
        settings.naturalLength = 3...3
        try await withServer(settings) { server async throws in
            let natural = try server.ask(chat(tokens: 9))
            #expect(natural.usage?["completion_tokens"]?.integer == 3)
            #expect(natural.finishReason == "stop")
            #expect(natural.texts("content").count == 3)
            let forced = try server.ask(chat(tokens: 9, more: ",\"ignore_eos\":true"))
            #expect(forced.usage?["completion_tokens"]?.integer == 9)
            #expect(forced.finishReason == "length")
            let atLeast = try server.ask(chat(tokens: 9, more: ",\"min_tokens\":6"))
            #expect(atLeast.usage?["completion_tokens"]?.integer == 6)
        }
    }

    @Test func keepAliveAndPipelining() async throws {
        try await withServer { server async throws in
            let client = try RawClient(port: server.port)
            for _ in 0..<3 {
                client.post("/v1/chat/completions", chat(tokens: 2))
                #expect(client.takeResponse().texts("content").count == 2)
            }
            let body = chat(tokens: 2, stream: false)
            let one =
                "POST /v1/chat/completions HTTP/1.1\r\ncontent-length: \(body.utf8.count)\r\n\r\n\(body)"
            client.send(one + "GET /health HTTP/1.1\r\n\r\n" + one)
            let end = client.read {
                String(decoding: $0, as: UTF8.self).split(separator: "\"usage\"").count == 3
            }
            #expect(end == .satisfied)
            #expect(client.text.split(separator: "HTTP/1.1 200").count == 3)
            client.send("GET /health HTTP/1.1\r\nconnection: close\r\n\r\n")
            #expect(client.read() == .closed)
        }
    }

    @Test func closesAfterAStreamWhenToldTo() async throws {
        var settings = SimulatorSettings.quick
        settings.closesAfterStream = true
        try await withServer(settings) { server async throws in
            let client = try RawClient(port: server.port)
            client.post("/v1/chat/completions", chat(tokens: 2))
            #expect(client.read() == .closed)
            let response = Response(prefixOf: client.bytes)
            #expect(response.isComplete)
            #expect(response.headers["connection"] == nil)
        }
    }
}
