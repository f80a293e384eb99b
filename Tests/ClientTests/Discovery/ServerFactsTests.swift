import Measure
import Simulator
import Testing
import Wire

@testable import Client

@Suite("What a server says of itself", .timeLimit(.minutes(10)))
struct ServerFactsTests {
    private func document(_ text: String) throws -> JSONValue {
        try #require(JSONValue(parsing: Array(text.utf8)))
    }

    @Test(arguments: [
        (#"{"version":"0.11.2"}"#, "0.11.2"), (#"{"build_info":"b6500-abc","n":1}"#, "b6500-abc"),
        (#"{"version":""}"#, nil), (#"{"version":7}"#, nil), ("[]", nil), (#"{"detail":"Not Found"}"#, nil),
        (#"{"version":"1\u001b[2J sk-12345678"}"#, "1 …"),
    ])
    func versions(text: String, version: String?) throws {
        var scrubber = Scrubber.withoutSecrets
        scrubber.add("sk-12345678")
        let found = ServerFacts.version(in: try document(text), scrubber)?.text
        #expect(found.map { !$0.contains("sk-1234") && !$0.contains("\u{1B}") } ?? true)
        #expect((found == nil) == (version == nil), "\(found ?? "nil")")
        if let version, !version.hasSuffix("…") { #expect(found == version) }
    }

    @Test(arguments: [
        // vLLM and SGLang, llama.cpp, OpenRouter, LM Studio, TGI's /info, Ollama's /api/ps.
        (#"{"data":[{"id":"x","max_model_len":1},{"id":"m","max_model_len":32768}]}"#, 32_768),
        (#"{"data":[{"id":"m","meta":{"n_ctx_train":131072}}]}"#, 131_072),
        (#"{"default_generation_settings":{"n_ctx":8192},"total_slots":4}"#, 8_192),
        (#"{"data":[{"id":"m","context_length":200000}]}"#, 200_000),
        (#"{"data":[{"id":"m","max_context_length":32768,"loaded_context_length":4096}]}"#, 4_096),
        (#"{"model_id":"m","max_input_tokens":4095,"max_total_tokens":4096}"#, 4_096),
        (#"{"models":[{"name":"m","model":"m","context_length":4096}]}"#, 4_096),
        (#"{"data":[{"id":"x","max_model_len":1}]}"#, nil), (#"{"data":[{"id":"m"}]}"#, nil),
        (#"{"data":[{"id":"m","max_model_len":-1}]}"#, nil), (#"{"n_ctx":"many"}"#, nil), ("[]", nil),
    ])
    func contexts(text: String, length: Int?) throws {
        #expect(ServerFacts.contextLength(in: try document(text), of: "m") == length)
    }

    @Test("the server's pages are asked until all is known")
    func pages() async throws {
        try await withServer { server in
            let facts = await (try discover(server.url)).facts()
            #expect(facts == ServerFacts(version: "plimsoll-simulator", contextLength: 131_072))
        }
    }
}
