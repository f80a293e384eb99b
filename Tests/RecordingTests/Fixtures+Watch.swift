import Measure

@testable import Recording

/// A watch of one server and two GPUs, and what became of them.
enum WatchSample {
    static let session: SessionInfo = {
        var session = Sample.session
        session.command = "watch"
        session.watch = WatchPlan(interval: .second, budget: try? LatencyBudget(parsing: "ttft:p95<1s"))
        return session
    }()

    static func at(_ seconds: Double) -> Moment { Sample.at(Int64(seconds * 1_000)) }

    static let line = RecordedLine(
        users: 8, isLowerBound: false, tokensPerSecond: 900, budget: "ttft:p95<1s", model: "m", server: nil,
        url: "http://gpu01:8000", measured: 1_760_000_000_000_000_000, runID: "r", inputTokens: 500,
        outputTokens: 100, isOfSameURL: true)

    static func joined(_ endpoint: EndpointID? = nil) -> SessionEntry {
        let server = WatchedServer(
            url: "http://gpu01:8000", label: ":8000", endpoint: endpoint, localPort: 8000)
        return .event(
            .sourceJoined(SourceInfo(id: SourceID(1), name: "m", role: .server(server)), at: at(0)))
    }

    /// The values of a page after so many seconds of even load: 100 tokens a second, an answer each.
    static func page(_ second: Int, engines: Int = 1) -> Reading {
        let n = Double(second)
        var page: [(String, Double?)] = []
        for engine in 0..<engines {
            let label = "engine=\"\(engine)\",model_name=\"=llama\""
            page += [
                ("vllm:num_requests_running{\(label)}", 4), ("vllm:num_requests_waiting{\(label)}", 2),
                ("vllm:kv_cache_usage_perc{\(label)}", second > 40 ? 0.97 : 0.5),
                ("vllm:generation_tokens_total{\(label)}", 100 * n),
                ("vllm:request_success_total{\(label),finished_reason=\"stop\"}", n),
                ("vllm:request_success_total{\(label),finished_reason=\"length\"}", 0),
                ("vllm:request_prompt_tokens_sum{\(label)}", 500 * n),
                ("vllm:request_prompt_tokens_count{\(label)}", n),
                ("vllm:request_generation_tokens_sum{\(label)}", 100 * n),
                ("vllm:request_generation_tokens_count{\(label)}", n),
                ("vllm:time_to_first_token_seconds_bucket{\(label),le=\"0.1\"}", n),
                ("vllm:time_to_first_token_seconds_bucket{\(label),le=\"+Inf\"}", 4 * n),
                ("vllm:time_to_first_token_seconds_sum{\(label)}", 8 * n),
                ("vllm:time_to_first_token_seconds_count{\(label)}", 4 * n),
            ]
        }
        return Reading(
            source: SourceID(1), at: at(n), series: page.map { Shown(own: $0.0) }, values: page.map(\.1))
    }

    static func gpus(_ second: Int) -> Reading {
        var page: [(String, Double?)] = []
        for gpu in 0..<2 {
            page += [
                ("gpu_info{gpu=\"\(gpu)\",name=\"H100\",uuid=\"GPU-\(gpu)\"}", 1),
                ("gpu_power_watts{gpu=\"\(gpu)\"}", 500),
                ("gpu_energy_joules_total{gpu=\"\(gpu)\"}", Double(500 * second)),
                ("gpu_process_memory_bytes{gpu=\"\(gpu)\",pid=\"\(10 + gpu)\"}", gpu == 0 ? 7e9 : -1),
            ]
        }
        return Reading(
            source: SourceID(2), at: at(Double(second) + 0.1), series: page.map { Shown(own: $0.0) },
            values: page.map(\.1))
    }

    /// For 80 s the server tells how it is, then no more for 10 s, then again.
    static func entries(engines: Int = 1) -> [SessionEntry] {
        var entries: [SessionEntry] = [
            .event(.sessionStarted(session)), joined(),
            .event(.sourceJoined(SourceInfo(id: SourceID(2), name: "GPUs", role: .gpus), at: at(0))),
            .event(.serverSaid(SourceID(1), .named(model: "=llama", server: "vLLM 1"), at: at(0))),
            .event(.serverSaid(SourceID(1), .loadLine(line), at: at(0))),
            .event(
                .gpusSaid(SourceID(2), .serving(GPUService(byServer: [SourceID(1): [0]])), at: at(0))),
        ]
        for second in 0...95 {
            if (81...90).contains(second) {
                let trouble = PageTrouble(words: "refused", isAnswer: false)
                entries.append(.event(.serverSaid(SourceID(1), .trouble(trouble), at: at(Double(second)))))
            } else {
                entries.append(.reading(page(second, engines: engines)))
            }
            entries.append(.reading(gpus(second)))
            if second == 50 { entries.append(.event(.marked(note: "new build", at: at(50.5)))) }
        }
        entries.append(
            .event(
                .serverSaid(
                    SourceID(1),
                    .canary(
                        CanaryAnswer(ttft: 5, e2e: nil, promptTokens: 1, outputTokens: 2, failure: "late")),
                    at: at(96))))
        entries.append(.event(.gpusSaid(SourceID(2), .trouble("the driver hangs"), at: at(96))))
        return entries + [.event(.sessionEnded(at: at(97)))]
    }

    static func recording(
        _ path: String, session: SessionInfo = session, _ entries: [SessionEntry] = entries()
    ) async throws {
        let recorder = try Recorder.create(path: path, session: session, interval: 3_600 * .second)
        for entry in entries { recorder.take(entry) }
        try await recorder.close()
    }
}
