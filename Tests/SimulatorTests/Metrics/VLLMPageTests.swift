import Foundation
import Measure
import Testing

@testable import Simulator

@Suite(.serialized) struct VLLMPageTests {
    private func page(_ server: SimulatedServer) throws -> [String: Double] {
        var page: [String: Double] = [:]
        for line in try server.get("/metrics").text.split(separator: "\n") where !line.hasPrefix("#") {
            let space = try #require(line.lastIndex(of: " "))
            let series = String(line[..<space])
            #expect(page[series] == nil)
            let value: Double = try #require(Double(line[line.index(after: space)...]))
            page[series] = value
        }
        return page
    }

    private func labels(_ engine: Int = 0, reason: String? = nil) -> String {
        let reason = reason.map { "finished_reason=\"\($0)\"," } ?? ""
        return "{engine=\"\(engine)\",\(reason)model_name=\"simulated-8b\"}"
    }

    /// All that it tells is what it did.
    @Test(arguments: [1, 2])
    func agreesWithTheTruth(loops: Int) async throws {
        let model = BatchingModel(slots: 2, stepBase: 2 * .millisecond)
        try await withServer(SimulatorSettings(mode: .batching(model)), loops: loops) { server async throws in
            let clients = try (0..<6).map { _ in try RawClient(port: server.port) }
            for client in clients { client.post("/v1/chat/completions", chat(tokens: 20)) }
            for client in clients { client.takeResponse() }
            #expect(try server.ask(chat("no such")).status == 404)
            let truth = try #require(await server.truth())
            let page = try page(server)
            let seconds = truth.requests.filter { $0.outcome == .finished }.compactMap { $0.ttft?.inSeconds }
            #expect(page["vllm:generation_tokens_total" + labels()] == 120)
            #expect(page["vllm:prompt_tokens_total" + labels()] == Double(truth.totals.promptTokens))
            #expect(page["vllm:request_success_total" + labels(reason: "length")] == 6)
            #expect(page["vllm:num_requests_running" + labels()] == 0)
            #expect(page["vllm:time_to_first_token_seconds_count" + labels()] == 6)
            let sum = try #require(page["vllm:time_to_first_token_seconds_sum" + labels()])
            #expect(abs(sum - seconds.reduce(0, +)) < 1e-6)
            for (bound, text) in [(0.01, "0.01"), (0.04, "0.04"), (0.1, "0.1"), (2560, "2560.0")] {
                let series =
                    "vllm:time_to_first_token_seconds_bucket{engine=\"0\",le=\"\(text)\",model_name=\"simulated-8b\"}"
                #expect(page[series] == Double(seconds.count { $0 <= bound }))
            }
            #expect(page["vllm:inter_token_latency_seconds_count" + labels()] == 114)
            #expect(page["vllm:request_time_per_output_token_seconds_count" + labels()] == 6)
            // Two at a time: the others waited, the last of them for as long as two answers take.
            let queue = try #require(page["vllm:request_queue_time_seconds_sum" + labels()])
            #expect(queue > 2 * 0.038)
            let parts = ["prefill", "decode"].compactMap {
                page["vllm:request_\($0)_time_seconds_sum" + labels()]
            }
            let inference = try #require(page["vllm:request_inference_time_seconds_sum" + labels()])
            #expect(parts.count == 2 && abs(parts.reduce(0, +) - inference) < 1e-6)
            #expect(
                page["http_requests_total{handler=\"/v1/chat/completions\",method=\"POST\",status=\"2xx\"}"]
                    == 6)
            #expect(
                page["http_requests_total{handler=\"/v1/chat/completions\",method=\"POST\",status=\"4xx\"}"]
                    == 1)
        }
    }

    @Test func aResetOfTheTruthIsNoneOfTheCounters() async throws {
        try await withServer(SimulatorSettings(mode: .batching(BatchingModel(stepBase: .millisecond)))) {
            server async throws in
            #expect(try server.ask(chat(tokens: 5)).isComplete)
            #expect(try server.get("/truth/reset").status == 200)
            #expect(try page(server)["vllm:generation_tokens_total" + labels()] == 5)
        }
    }

    @Test func enginesOfTheirOwn() async throws {
        let settings = SimulatorSettings(mode: .batching(BatchingModel(stepBase: .millisecond)), engines: 3)
        try await withServer(settings) { server async throws in
            for _ in 0..<6 { #expect(try server.ask(chat(tokens: 5)).isComplete) }
            let page = try page(server)
            for engine in 0..<3 {
                #expect(page["vllm:generation_tokens_total" + labels(engine)] == 10)
                #expect(page["vllm:num_requests_running" + labels(engine)] == 0)
            }
            #expect(page["vllm:generation_tokens_total" + labels(3)] == nil)
        }
    }

    /// Three run on two places, and hold what they have made.
    @Test func whatIsUnderWay() async throws {
        let model = BatchingModel(slots: 2, stepBase: 5 * .millisecond)
        let settings = SimulatorSettings(mode: .batching(model), kvTokens: 1_000)
        try await withServer(settings) { server async throws in
            let clients = try (0..<3).map { _ in try RawClient(port: server.port) }
            for client in clients { client.post("/v1/chat/completions", chat(tokens: 100_000)) }
            var page: [String: Double] = [:]
            repeat {
                page = try self.page(server)
            } while page["vllm:num_requests_running" + labels()] != 2
                || page["vllm:num_requests_waiting" + labels()] != 1
            let usage = try #require(page["vllm:kv_cache_usage_perc" + labels()])
            #expect(usage > 0.048 && usage <= 1)
        }
    }

    /// Two hold what there is room for; then one of them gives up its place.
    @Test func whatAFullCacheDoes() async throws {
        let settings = SimulatorSettings(
            mode: .batching(BatchingModel(stepBase: .millisecond)), kvTokens: 300)
        try await withServer(settings) { server async throws in
            let clients = try (0..<2).map { _ in try RawClient(port: server.port) }
            for client in clients { client.post("/v1/chat/completions", chat(tokens: 200)) }
            for client in clients { client.takeResponse() }
            let page = try page(server)
            #expect(page["vllm:num_preemptions_total" + labels()] == 1)
            #expect(page["vllm:request_num_preemptions_sum" + labels()] == 1)
            #expect(page["vllm:request_num_preemptions_count" + labels()] == 2)
            #expect(page["vllm:generation_tokens_total" + labels()] == 400)
            let computed = try #require(page["vllm:request_prefill_kv_computed_tokens_sum" + labels()])
            // What was lost is computed a second time.
            let steps = try #require(page["vllm:iteration_tokens_total_sum" + labels()])
            #expect(steps > 400 + computed)
            #expect(page["vllm:request_params_max_tokens_sum" + labels()] == 400)
        }
    }

    @Test func oneEngineMayBeApart() async throws {
        let settings = SimulatorSettings(
            mode: .batching(BatchingModel(stepBase: .millisecond)), engines: 3, isLopsided: true)
        try await withServer(settings) { server async throws in
            for _ in 0..<8 { #expect(try server.ask(chat(tokens: 5)).isComplete) }
            let page = try page(server)
            #expect((0..<3).map { page["vllm:generation_tokens_total" + labels($0)] } == [10, 10, 20])
        }
    }

    /// All of its families are on a real page, with the same types and the same names of labels.
    @Test func itsFamiliesAreVLLMs() async throws {
        let captured = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../WireTests/Captures/vllm/metrics-before.txt")
        let real = Self.families(try String(contentsOf: captured, encoding: .utf8))
        try await withServer(SimulatorSettings(mode: .batching(BatchingModel()))) { server async throws in
            #expect(try server.ask(chat(tokens: 5)).isComplete)
            let own = Self.families(try server.get("/metrics").text)
            for (name, family) in own {
                #expect(real[name]?.type == family.type, "\(name)")
                guard let labels = real[name]?.labels, !labels.isEmpty else { continue }
                #expect(family.labels.isSubset(of: labels), "\(name)")
            }
            let missing = real.keys.filter {
                $0.hasPrefix("vllm:") && own[$0] == nil && !$0.hasSuffix("_created")
            }
            // Of what it has not: LoRA, and arithmetic that nobody does.
            #expect(missing.allSatisfy { $0.contains("lora") || $0.contains("estimated") }, "\(missing)")
        }
    }

    private static func families(_ page: String) -> [String: (type: String, labels: Set<String>)] {
        var families: [String: (type: String, labels: Set<String>)] = [:]
        var current = ""
        for line in page.split(separator: "\n") {
            let words = line.split(separator: " ")
            if line.hasPrefix("# TYPE "), words.count == 4 {
                current = String(words[2])
                families[current] = (String(words[3]), [])
            } else if !line.hasPrefix("#"), let brace = line.firstIndex(of: "{") {
                let labels = line[line.index(after: brace)...].split(separator: ",").compactMap {
                    $0.split(separator: "=").first.map(String.init)
                }
                families[current]?.labels.formUnion(labels.filter { $0 != "le" && $0 != "}" })
            }
        }
        return families
    }

    @Test func aClientThatGoesAwayIsAnAbort() async throws {
        try await withServer(SimulatorSettings(mode: .batching(BatchingModel(stepBase: .millisecond)))) {
            server async throws in
            var client: RawClient? = try RawClient(port: server.port)
            client?.post("/v1/chat/completions", chat(tokens: 100_000))
            client?.read { Response(prefixOf: $0).chunks.count > 2 }
            client = nil
            while await server.truth()?.totals.aborted == 0 {}
            #expect(
                try page(server)["vllm:request_success_total" + labels(reason: "abort")] == 1)
        }
    }
}
