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
        // That one has prefill in it.
        #expect(figures.tpot == nil && figures.kvUsage == nil && figures.ttft == nil)
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
