import Measure
import Testing

@testable import Telemetry

@Suite struct VLLMTests {
    private static func series(_ pages: [String]) throws -> Watched {
        var watched = Watched()
        let times = try Capture.times("vllm")
        for page in pages {
            try watched.take(
                try Capture.bytes("series/vllm-\(page).txt"), at: try #require(times[page]) - Watched.epoch)
        }
        return watched
    }

    @Test func aRealServerOfWhomSomeHaveToWait() throws {
        let watched = try Self.series(["10", "18"])
        let figures = try watched.figures()
        #expect(watched.history.kind == .vllm)
        #expect(watched.history.model == "smollm2")
        #expect(watched.history.engines == ["0"])
        #expect(watched.events == [.back(after: try #require(figures.elapsed))])
        #expect(figures.running == 6 && figures.waiting == 4)
        #expect(figures.waitingForCapacity == 4 && figures.waitingForOthers == 0)
        #expect(figures.isAsleep == false)
        #expect(figures.kvCapacityTokens == 46_592 && figures.ownConcurrencyGuess == 22.75)
        // Reckoned from the two pages by another program.
        #expect(isNear(figures.generationTokensPerSecond, 132.19271673846907, by: 1e-6))
        #expect(isNear(figures.promptTokensPerSecond, 173.9658283559458, by: 1e-6))
        #expect(isNear(figures.computedTokensPerSecond, 173.9658283559458, by: 1e-6))
        #expect(figures.cachedTokensPerSecond == 0)
        #expect(figures.finished?.first == FinishCount(reason: "length", count: 98))
        #expect(figures.prefixHitRate == 0 && figures.preemptionsPerSecond == 0)
        #expect(figures.speculation == nil)
        #expect(figures.errorShare == 0 && figures.clientErrorsPerSecond == 0)
        let expected: [(LatencyFigures?, Double, Double, [Double])] = [
            (figures.ttft, 102, 0.7090201447991764, [0.3875, 2.1174999999999993, 2.4235]),
            (
                figures.itl, 4860, 0.04215488088641834,
                [0.038395810363836824, 0.11725352112676056, 0.18840909090909078]
            ),
            (figures.tpot, 98, 0.04211737821515253, [0.03958333333333333, 0.06624999999999999, 0.07325]),
            (figures.e2e, 98, 2.649491543672523, [2.15625, 4.677631578947368, 4.935526315789473]),
            (figures.queue, 98, 0.39887876897954794, [0.21, 1.9093749999999998, 2.254999999999999]),
        ]
        for (latency, count, mean, quantiles) in expected {
            #expect(latency?.count == count)
            #expect(isNear(latency?.mean, mean * 1e9))
            for (percentile, value) in zip([Percentile.p50, .p95, .p99], quantiles) {
                let quantile = latency?.quantile(percentile)
                #expect(isNear(quantile?.value, value * 1e9) && quantile?.isAtLeast == false)
            }
        }
    }

    @Test func theLastScrapeIsApartFromTheSession() throws {
        let watched = try Self.series(["00", "18", "19", "20", "21", "22"])
        let scrape = try watched.figures(.scrape)
        #expect(isNear(scrape.generatedTokens, 34214 - 34054))
        #expect(isNear(try watched.figures(.session).generatedTokens, 34214 - 28181))
        #expect(try watched.figures(.minute).generatedTokens == 34214 - 28181)
    }

    /// It had nothing to do since: no answers, and a mean of nothing is none.
    @Test func idleIsNoZeroLatency() throws {
        let watched = try Self.series(["39"])
        #expect(try watched.figures().running == 0)
        var later = watched
        try later.take(try Capture.bytes("series/vllm-39.txt"), at: 7000)
        let figures = try later.figures()
        #expect(figures.generationTokensPerSecond == 0)
        #expect(figures.ttft?.count == 0 && figures.ttft?.mean == nil)
        #expect(figures.ttft?.quantile(.p50) == nil)
        #expect(figures.errorShare == nil)
    }

    @Test func theSumOfReasonsIsTheNumberThatWaits() throws {
        let both = try Watched.once(
            """
            vllm:num_requests_waiting{engine="0"} 5
            vllm:num_requests_waiting_by_reason{engine="0",reason="capacity"} 3
            vllm:num_requests_waiting_by_reason{engine="0",reason="deferred"} 2
            """)
        #expect(both.waiting == 5 && both.waitingForCapacity == 3 && both.waitingForOthers == 2)
        let reasons = try Watched.once(
            """
            vllm:num_requests_waiting_by_reason{engine="0",reason="capacity"} 3
            vllm:num_requests_waiting_by_reason{engine="0",reason="deferred"} 2
            """)
        #expect(reasons.waiting == 5)
    }

    /// Newer names win where both are there, and older ones are read where they are all there is.
    @Test func renamed() throws {
        #expect(try Watched.once("vllm:gpu_cache_usage_perc 0.25").kvUsage == 0.25)
        #expect(
            try Watched.once("vllm:gpu_cache_usage_perc 0.25\nvllm:kv_cache_usage_perc 0.5").kvUsage == 0.5)
        let old = try Watched.twice(
            "vllm:gpu_prefix_cache_queries_total 0\nvllm:gpu_prefix_cache_hits_total 0",
            "vllm:gpu_prefix_cache_queries_total 8\nvllm:gpu_prefix_cache_hits_total 2")
        #expect(try old.figures().prefixHitRate == 0.25)
        // Counters may be named with `_total` or without.
        #expect(
            try Watched.twice("vllm:generation_tokens 1", "vllm:generation_tokens 21").figures()
                .generationTokensPerSecond == 2)
    }

    /// Version 0.6: names that are gone, on servers that are not.
    @Test func oldServers() throws {
        func page(_ n: Int) -> String {
            """
            vllm:num_requests_running{model_name="m"} 3
            vllm:num_requests_waiting{model_name="m"} 2
            vllm:num_requests_swapped{model_name="m"} 1
            vllm:gpu_cache_usage_perc{model_name="m"} 0.5
            vllm:cpu_cache_usage_perc{model_name="m"} 0.9
            vllm:gpu_prefix_cache_hit_rate{model_name="m"} -1
            vllm:num_preemptions_total{model_name="m"} \(n)
            vllm:time_per_output_token_seconds_sum{model_name="m"} \(Double(n) / 50)
            vllm:time_per_output_token_seconds_count{model_name="m"} \(n)
            vllm:request_success_total{finished_reason="stop",model_name="m"} \(n)

            """
        }
        let watched = try Watched.twice(page(0), page(10))
        let figures = try watched.figures()
        #expect(figures.running == 3 && figures.waiting == 3 && figures.kvUsage == 0.5)
        // Below 0 it is not known.
        #expect(figures.prefixHitRate == nil)
        #expect(figures.preemptionsPerSecond == 1 && figures.requestsPerSecond == 1)
        // One figure a token, by whatever name.
        #expect(isNear(figures.itl?.mean, 20e6) && figures.tpot == nil)
        let hits = try Watched.once("vllm:gpu_prefix_cache_hit_rate 0.75")
        #expect(hits.prefixHitRate == nil)
        #expect(
            try Watched.twice("vllm:gpu_prefix_cache_hit_rate 0.5", "vllm:gpu_prefix_cache_hit_rate 0.75")
                .figures().prefixHitRate == 0.75)
    }

    /// Failures are among what it calls successes.
    @Test func successesThatFailed() throws {
        func page(_ n: Int) -> String {
            [("stop", 80), ("length", 10), ("abort", 6), ("error", 4), ("repetition", 0)].map {
                "vllm:request_success_total{engine=\"0\",finished_reason=\"\($0)\"} \($1 * n)\n"
            }.joined()
        }
        let figures = try Watched.twice(page(0), page(1)).figures()
        #expect(figures.requestsPerSecond == 10 && figures.errorsPerSecond == 0.4)
        #expect(isNear(figures.errorShare, 0.04))
        #expect(figures.finished?.map(\.reason.text) == ["stop", "length", "abort", "error", "repetition"])
    }

    /// Refusals have no engine: they are the whole server's, and no engine's.
    @Test func enginesAndWhatIsBeforeThem() throws {
        func page(_ n: Int) -> String {
            """
            vllm:num_requests_running{engine="0"} 1
            vllm:num_requests_running{engine="1"} 2
            vllm:admission_rejections_total{model_name="m",reason="max_num_queued_reqs"} \(n)
            vllm:admission_rejections_total{model_name="m",reason="max_num_queued_tokens"} \(n)

            """
        }
        let watched = try Watched.twice(page(0), page(10))
        #expect(try watched.figures().rejectionsPerSecond == 2)
        #expect(try watched.figures(engine: "1").rejectionsPerSecond == nil)
        #expect(watched.history.engines == ["0", "1"])
    }

    /// What has a time, or the sizes of steps, for a value counts nothing.
    @Test func whatOnlyLooksLikeACount() throws {
        let page = """
            vllm:lora_requests_info{max_lora="2",running_lora_adapters="a,b",waiting_lora_adapters=""} 1.7e9
            vllm:lora_requests_info{max_lora="2",running_lora_adapters="a",waiting_lora_adapters="b"} 1.7e9
            vllm:generation_tokens_created{engine="0"} 1.7e9
            vllm:iteration_tokens_total_count{engine="0"} 50
            vllm:iteration_tokens_total_sum{engine="0"} 5000
            """
        var nothing = ServerFigures()
        nothing.elapsed = 10 * .second
        #expect(try Watched.twice(page, page).figures() == nothing)
    }

    @Test(arguments: [
        "nixl_num_failed_transfers", "nixl_num_failed_notifications", "nixl_num_kv_expired_reqs",
        "mooncake_num_failed_transfers", "mooncake_num_failed_recvs", "mooncake_num_kv_expired_reqs",
    ])
    func transfersThatFail(name: String) throws {
        let figures = try Watched.twice("vllm:\(name)_total 0", "vllm:\(name)_total 5").figures()
        #expect(figures.failedTransfersPerSecond == 0.5)
    }

    @Test func whatACacheHadIsNotComputed() throws {
        func page(_ all: Int, _ compute: Int, _ hit: Int, _ transferred: Int) -> String {
            """
            vllm:prompt_tokens_total{engine="0"} \(all)
            vllm:prompt_tokens_by_source_total{engine="0",source="local_compute"} \(compute)
            vllm:prompt_tokens_by_source_total{engine="0",source="local_cache_hit"} \(hit)
            vllm:prompt_tokens_by_source_total{engine="0",source="external_kv_transfer"} \(transferred)

            """
        }
        let figures = try Watched.twice(page(0, 0, 0, 0), page(100, 30, 50, 20)).figures()
        #expect(figures.promptTokensPerSecond == 10)
        #expect(figures.computedTokensPerSecond == 3 && figures.cachedTokensPerSecond == 7)
        // Where only hits are told.
        let older = try Watched.twice(
            "vllm:prompt_tokens_total 0\nvllm:prefix_cache_hits_total 0",
            "vllm:prompt_tokens_total 100\nvllm:prefix_cache_hits_total 60"
        ).figures()
        #expect(older.computedTokensPerSecond == 4 && older.cachedTokensPerSecond == 6)
    }

    @Test func speculation() throws {
        func page(_ drafts: Int, _ tokens: Int, _ accepted: Int, _ first: Int, _ second: Int) -> String {
            """
            vllm:spec_decode_num_drafts_total{engine="0"} \(drafts)
            vllm:spec_decode_num_draft_tokens_total{engine="0"} \(tokens)
            vllm:spec_decode_num_accepted_tokens_total{engine="0"} \(accepted)
            vllm:spec_decode_num_accepted_tokens_per_pos_total{engine="0",position="0"} \(first)
            vllm:spec_decode_num_accepted_tokens_per_pos_total{engine="0",position="1"} \(second)

            """
        }
        let figures = try Watched.twice(page(5, 10, 8, 5, 3), page(105, 210, 118, 85, 33)).figures()
        #expect(figures.speculation == Speculation(acceptance: 0.55, length: 2.1, byPosition: [0.8, 0.3]))
    }

    @Test func sleeping() throws {
        #expect(
            try Watched.once(
                "vllm:engine_sleep_state{sleep_state=\"awake\"} 0\nvllm:engine_sleep_state{sleep_state=\"discard_all\"} 1"
            ).isAsleep == true)
        #expect(try Watched.once("vllm:num_requests_running 0").isAsleep == nil)
    }

    /// 128 × 364, where the newer label is missing.
    @Test func capacityOfBlocks() throws {
        let figures = try Watched.once(
            "vllm:cache_config_info{block_size=\"128\",num_gpu_blocks=\"364\"} 1.0")
        #expect(figures.kvCapacityTokens == 46_592 && figures.ownConcurrencyGuess == nil)
    }

    @Test func refusals() throws {
        func page(_ fine: Int, _ wrong: Int, _ failed: Int, _ shed: Int) -> String {
            """
            http_requests_total{handler="/v1/chat/completions",method="POST",status="2xx"} \(fine)
            http_requests_total{handler="/v1/chat/completions",method="POST",status="4xx"} \(wrong)
            http_requests_total{handler="/v1/chat/completions",method="POST",status="5xx"} \(failed)
            vllm:admission_rejections_total{model_name="m",reason="max_num_queued_reqs"} \(shed)
            vllm:request_success_total{engine="0",finished_reason="stop",model_name="m"} \(fine)

            """
        }
        let figures = try Watched.twice(page(0, 0, 0, 0), page(90, 20, 10, 5)).figures()
        #expect(figures.errorsPerSecond == 1 && figures.clientErrorsPerSecond == 2)
        #expect(figures.rejectionsPerSecond == 0.5)
        #expect(isNear(figures.errorShare, 10.0 / 90))
    }
}
