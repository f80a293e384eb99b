import Measure
import Testing

@testable import Telemetry

/// Servers that can't run here: pages written to the reference.
@Suite struct OtherServersTests {
    private func histogram(_ name: String, _ count: Int, _ seconds: Double, labels: String = "") -> String {
        """
        \(name)_bucket{\(labels)le="0.5"} \(count / 2)
        \(name)_bucket{\(labels)le="+Inf"} \(count)
        \(name)_sum \(seconds)
        \(name)_count \(count)

        """
    }

    @Test func tensorRTLLM() throws {
        func page(_ n: Int) -> String {
            """
            trtllm_num_requests_running{model_name="m",engine_type="pytorch"} 3
            trtllm_num_requests_waiting{model_name="m",engine_type="pytorch"} 1
            trtllm_kv_cache_utilization{model_name="m",engine_type="pytorch"} 0.75
            trtllm_prompt_tokens_total{model_name="m",engine_type="pytorch"} \(10 * n)
            trtllm_prompt_cached_tokens_total{model_name="m",engine_type="pytorch"} \(4 * n)
            trtllm_generation_tokens_total{model_name="m",engine_type="pytorch"} \(20 * n)
            trtllm_request_success_total{model_name="m",engine_type="pytorch",finished_reason="stop"} \(n)
            trtllm_num_requests_completed_total{model_name="m",engine_type="pytorch"} \(n)
            trtllm_request_error_total{model_name="m",engine_type="pytorch",http_code="500"} \(n / 10)
            trtllm_kv_cache_reused_blocks_total{model_name="m"} \(n)
            trtllm_kv_cache_missed_blocks_total{model_name="m"} \(3 * n)

            """ + histogram("trtllm_time_per_output_token_seconds", n, Double(n) / 100)
        }
        let watched = try Watched.twice(page(0), page(10))
        let figures = try watched.figures()
        #expect(watched.history.kind == .tensorRT && watched.history.model == "m")
        #expect(figures.running == 3 && figures.waiting == 1 && figures.kvUsage == 0.75)
        #expect(figures.promptTokensPerSecond == 10 && figures.computedTokensPerSecond == 6)
        #expect(figures.generationTokensPerSecond == 20 && figures.requestsPerSecond == 1)
        #expect(figures.errorsPerSecond == 0.1 && figures.prefixHitRate == 0.25)
        #expect(isNear(figures.tpot?.mean, 10e6) && figures.itl == nil)
    }

    /// By position, of drafts, each of which has a first token.
    @Test func tensorRTLLMGuessing() throws {
        func page(_ n: Int) -> String {
            """
            trtllm_spec_decode_num_draft_tokens_total \(20 * n)
            trtllm_spec_decode_num_accepted_tokens_total \(11 * n)
            trtllm_spec_decode_drafted_tokens_total{token_position="0"} \(10 * n)
            trtllm_spec_decode_drafted_tokens_total{token_position="1"} \(10 * n)
            trtllm_spec_decode_accepted_tokens_total{token_position="0"} \(8 * n)
            trtllm_spec_decode_accepted_tokens_total{token_position="1"} \(3 * n)
            trtllm_spec_decode_acceptance_length 9

            """
        }
        let figures = try Watched.twice(page(0), page(10)).figures()
        #expect(figures.speculation == Speculation(acceptance: 0.55, length: 2.1, byPosition: [0.8, 0.3]))
        // Where positions aren't told, its own length.
        let whole = try Watched.twice(
            "trtllm_spec_decode_num_draft_tokens_total 0\ntrtllm_spec_decode_num_accepted_tokens_total 0",
            """
            trtllm_spec_decode_num_draft_tokens_total 20
            trtllm_spec_decode_num_accepted_tokens_total 11
            trtllm_spec_decode_acceptance_length 1.5
            """
        ).figures()
        #expect(whole.speculation == Speculation(acceptance: 0.55, length: 1.5, byPosition: []))
    }

    @Test func tensorRTLLMsLatencies() throws {
        func page(_ n: Int) -> String {
            [
                ("time_to_first_token_seconds", 0.1), ("e2e_request_latency_seconds", 2),
                ("request_queue_time_seconds", 0.02), ("request_prefill_time_seconds", 0.08),
                ("request_decode_time_seconds", 1.9),
            ].map { histogram("trtllm_\($0)", n, Double(n) * $1) }.joined()
        }
        let figures = try Watched.twice(page(0), page(10)).figures()
        let means = [figures.ttft, figures.e2e, figures.queue, figures.prefill, figures.decode].map {
            $0?.mean
        }
        for (mean, expected) in zip(means, [0.1e9, 2e9, 0.02e9, 0.08e9, 1.9e9]) {
            #expect(isNear(mean, expected))
        }
        #expect(figures.ttft?.buckets?.counts == [5, 5])
    }

    /// The same engine behind Triton: several values of one label, of which some are limits.
    @Test func triton() throws {
        var watched = Watched()
        try watched.take(
            """
            nv_trt_llm_request_metrics{model="tensorrt_llm",request_type="waiting",version="1"} 3
            nv_trt_llm_request_metrics{model="tensorrt_llm",request_type="context",version="1"} 1
            nv_trt_llm_request_metrics{model="tensorrt_llm",request_type="scheduled",version="1"} 4
            nv_trt_llm_request_metrics{model="tensorrt_llm",request_type="max",version="1"} 512
            nv_trt_llm_request_metrics{model="tensorrt_llm",request_type="active",version="1"} 7
            nv_trt_llm_kv_cache_block_metrics{kv_cache_block_type="fraction",model="tensorrt_llm",version="1"} 0.6
            nv_trt_llm_kv_cache_block_metrics{kv_cache_block_type="used",model="tensorrt_llm",version="1"} 2000

            """, at: 0)
        let figures = try watched.figures()
        #expect(watched.history.kind == .tensorRT)
        #expect(figures.running == 4 && figures.waiting == 3 && figures.kvUsage == 0.6)
    }

    /// Its prompts are counted by their lengths alone.
    @Test func dynamosPrompts() throws {
        func page(_ n: Int) -> String {
            histogram("dynamo_frontend_input_sequence_tokens", n, Double(n) * 300)
                + histogram("dynamo_frontend_cached_tokens", n, Double(n) * 120)
                + histogram("dynamo_frontend_output_sequence_tokens", n, Double(n) * 40)
                + histogram("dynamo_frontend_request_duration_seconds", n, Double(n) * 2)
        }
        let figures = try Watched.twice(page(0), page(10)).figures()
        #expect(figures.promptTokensPerSecond == 300 && figures.cachedTokensPerSecond == 120)
        #expect(figures.computedTokensPerSecond == 180 && figures.prefixHitRate == 0.4)
        #expect(figures.promptLength?.mean == 300 && figures.generationLength?.mean == 40)
        #expect(figures.e2e?.mean == 2e9)
    }

    @Test func dynamosFrontend() throws {
        func page(_ n: Int) -> String {
            """
            dynamo_frontend_inflight_requests{model="m"} 12
            dynamo_frontend_queued_requests{model="m"} 5
            dynamo_frontend_requests_total{model="m",endpoint="chat",request_type="stream",status="success",error_type=""} \(9 * n)
            dynamo_frontend_requests_total{model="m",endpoint="chat",request_type="stream",status="error",error_type="x"} \(n)
            dynamo_frontend_output_tokens_total{model="m"} \(100 * n)

            """ + histogram("dynamo_frontend_time_to_first_token_seconds", n, Double(n))
        }
        let watched = try Watched.twice(page(0), page(10))
        let figures = try watched.figures()
        #expect(watched.history.kind == .dynamo && watched.history.model == "m")
        // Those that wait for their first token are in flight, too.
        #expect(figures.running == 7 && figures.waiting == 5)
        #expect(figures.generationTokensPerSecond == 100 && figures.requestsPerSecond == 10)
        #expect(figures.errorShare == 0.1 && figures.ttft?.mean == 1e9)
        // Its prefix can be changed.
        let renamed = try Watched.twice(
            page(0).replacing("dynamo_frontend_", with: "nim_frontend_"),
            page(10).replacing("dynamo_frontend_", with: "nim_frontend_"))
        #expect(try renamed.figures().running == 7)
    }

    @Test func dynamosWorker() throws {
        func page(_ n: Int) -> String {
            """
            dynamo_component_inflight_requests{dynamo_component="backend"} 2
            dynamo_component_requests_total{dynamo_component="backend"} \(n)
            dynamo_component_errors_total{dynamo_component="backend",error_type="x"} 0
            vllm:num_requests_running{engine="0",model_name="m",dynamo_component="backend"} 2
            vllm:num_requests_running{engine="1",model_name="m",dynamo_component="backend"} 1

            """
        }
        let watched = try Watched.twice(page(0), page(10))
        let figures = try watched.figures()
        // What passes through of the engine's is the engine's: not added to what stands before it.
        #expect(figures.running == 3 && figures.requestsPerSecond == 1)
        #expect(watched.history.kind == .dynamo)
        #expect(watched.history.engines.contains("backend 1"))
    }

    @Test(arguments: [([0.5], 0.5), ([1.0], 1.0), ([50], 0.5), ([50, 1.2], 0.012)] as [([Double], Double)])
    func aShareOrPerCent(values: [Double], usage: Double) throws {
        var watched = Watched()
        for (second, value) in values.enumerated() {
            try watched.take("dynamo_component_gpu_cache_usage_percent \(value)", at: Double(second))
        }
        #expect(isNear(try watched.figures().kvUsage, usage))
    }

    @Test func lmdeploy() throws {
        func page(_ n: Int) -> String {
            """
            lmdeploy:num_requests_running{model_name="m",engine="0"} 4
            lmdeploy:gpu_cache_usage_perc{model_name="m",engine="0"} 0.5
            lmdeploy:num_requests_succeeded{model_name="m",engine="0"} \(9 * n)
            lmdeploy:num_requests_failed{model_name="m",engine="0"} \(n)
            lmdeploy:generation_tokens_total{model_name="m",engine="0"} \(30 * n)
            lmdeploy:spec_decode_mean_accept_length{model_name="m",engine="0"} 2

            """
        }
        let watched = try Watched.twice(page(0), page(10))
        let figures = try watched.figures()
        #expect(watched.history.kind == .lmdeploy && figures.kvUsage == 0.5)
        #expect(figures.requestsPerSecond == 10 && figures.errorShare == 0.1)
        #expect(figures.speculation?.length == 2)
    }

    @Test func tgi() throws {
        func page(_ n: Int) -> String {
            """
            tgi_batch_current_size 3
            tgi_queue_size 2
            tgi_request_success{method="generate"} \(n)
            tgi_request_count{method="generate"} \(n)
            tgi_request_mean_time_per_token_duration_sum 3

            """ + histogram("tgi_request_queue_duration", n, Double(n) / 4)
                + histogram("tgi_request_generated_tokens", n, Double(n) * 50)
        }
        let watched = try Watched.twice(page(0), page(10))
        let figures = try watched.figures()
        #expect(watched.history.kind == .tgi)
        #expect(figures.running == 3 && figures.waiting == 2 && figures.requestsPerSecond == 1)
        #expect(figures.queue?.mean == 0.25e9 && figures.generationLength?.mean == 50)
        #expect(figures.generationTokensPerSecond == 50 && figures.tokensCountAtEnd)
        // That one has prefill in it.
        #expect(figures.tpot == nil && figures.kvUsage == nil && figures.ttft == nil)
    }

    /// With 0.18 it says why requests ended; those that failed are among them.
    @Test func lmdeploysReasonsAndLatencies() throws {
        func page(_ n: Int) -> String {
            let reasons = [("FINISH", 8), ("CANCEL", 1), ("INTERNAL_ENGINE_ERROR", 1), ("SUCCESS", 0)].map {
                "lmdeploy:request_success_total{engine=\"0\",finished_reason=\"ResponseType.\($0)\"} \($1 * n)\n"
            }
            return reasons.joined() + """
                lmdeploy:num_requests_succeeded{engine="0"} \(9 * n)
                lmdeploy:num_requests_failed{engine="0"} \(n)
                lmdeploy:num_requests_waiting{engine="0"} 2
                lmdeploy:num_api_requests_waiting{engine="0"} 3
                lmdeploy:prompt_tokens_total{engine="0"} \(100 * n)
                lmdeploy:cached_tokens_total{engine="0"} \(30 * n)
                lmdeploy:spec_decode_num_drafts_total{engine="0"} \(10 * n)
                lmdeploy:spec_decode_num_draft_tokens_total{engine="0"} \(20 * n)
                lmdeploy:spec_decode_num_accepted_tokens_total{engine="0"} \(11 * n)
                lmdeploy:spec_decode_num_accepted_tokens_per_pos_total{engine="0",position="0"} \(8 * n)

                """ + histogram("lmdeploy:iter_token_latency", n, Double(n) / 50)
                + histogram("lmdeploy:time_per_output_token_seconds", n, Double(n) / 40)
                + histogram("lmdeploy:request_queue_time_seconds", n, Double(n))
        }
        let figures = try Watched.twice(page(0), page(10)).figures()
        #expect(figures.requestsPerSecond == 10 && figures.errorsPerSecond == 1)
        #expect(figures.finished?.first == FinishCount(reason: "stop", count: 80))
        #expect(figures.waiting == 5 && figures.computedTokensPerSecond == 70)
        #expect(figures.prefixHitRate == 0.3)
        #expect(figures.speculation == Speculation(acceptance: 0.55, length: 2.1, byPosition: [0.8]))
        #expect(isNear(figures.itl?.mean, 20e6) && isNear(figures.tpot?.mean, 25e6))
        #expect(figures.queue?.mean == 1e9)
    }

    /// Two proposals have these names; no release does.
    @Test func ollama() throws {
        func page(_ n: Int) -> String {
            "ollama_requests_queued 2\nollama_queue_capacity 512\nollama_eval_total \(n)\nollama_prompt_eval_total \(3 * n)\n"
        }
        let watched = try Watched.twice(page(0), page(10))
        let figures = try watched.figures()
        #expect(watched.history.kind == .ollama && figures.waiting == 2)
        #expect(figures.generationTokensPerSecond == 1 && figures.promptTokensPerSecond == 3)
    }

    /// NIM: vLLM's names, older ones among them, and two of its own.
    @Test func nim() throws {
        func page(_ n: Int) -> String {
            """
            num_requests_running{model_name="m"} 3
            gpu_cache_usage_perc{model_name="m"} 0.5
            prompt_tokens_total{model_name="m"} \(10 * n)
            request_success_total{model_name="m"} \(9 * n)
            request_finish_total{finished_reason="stop",model_name="m"} \(9 * n)
            request_failure_total{model_name="m"} \(n)

            """ + histogram("time_per_output_token_seconds", n, Double(n) / 100, labels: "model_name=\"m\",")
        }
        let figures = try Watched.twice(page(0), page(10)).figures()
        #expect(figures.running == 3 && figures.kvUsage == 0.5 && figures.promptTokensPerSecond == 10)
        #expect(figures.requestsPerSecond == 10 && figures.errorShare == 0.1)
        #expect(isNear(figures.itl?.mean, 10e6))
    }

    /// vLLM's names without its prefix, or with another.
    @Test(arguments: ["", "nim:", "my_engine:"])
    func borrowedNames(prefix: String) throws {
        func page(_ n: Int) -> String {
            "\(prefix)num_requests_running 3\n\(prefix)generation_tokens_total \(n)\nprocess_open_fds 3\n"
        }
        let watched = try Watched.twice(page(0), page(50))
        #expect(watched.history.kind == .other)
        #expect(try watched.figures().running == 3)
        #expect(try watched.figures().generationTokensPerSecond == 5)
    }

    @Test func nobodysNamesMeanNothing() throws {
        let watched = try Watched.twice("node_cpu_seconds_total 3", "node_cpu_seconds_total 5")
        var nothing = ServerFigures()
        nothing.elapsed = 10 * .second
        #expect(try watched.figures() == nothing)
    }
}
