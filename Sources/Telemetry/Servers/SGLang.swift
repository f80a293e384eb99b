import Measure

extension ServerFamily {
    /// Its counters of tokens, and most histograms, move when a request ends; `realtime_tokens` moves meanwhile.
    static let sglang = ServerFamily(
        .sglang, prefixes: ["sglang:", "sglang_"],
        [
            MetricRule("num_running_reqs", .gauge(.running)),
            MetricRule("num_queue_reqs", .gauge(.waiting)),
            MetricRule("num_queue_reqs", .gauge(.waitingForCapacity)),
            // The fullest pool.
            MetricRule("token_usage", .gauge(.kvUsage)),
            MetricRule("cache_hit_rate", .gauge(.hitRate)),
            MetricRule("gen_throughput", .gauge(.generationSpeed)),
            MetricRule("max_total_num_tokens", .gauge(.kvCapacityTokens)),
            MetricRule("spec_accept_length", .gauge(.acceptedLength)),
            MetricRule("spec_accept_rate", .gauge(.acceptanceRate)),
            MetricRule("realtime_tokens", .counter(.generated), only: ["mode": ["decode"]]),
            MetricRule("realtime_tokens", .counter(.computed), only: ["mode": ["prefill_compute"]]),
            MetricRule("realtime_tokens", .counter(.cached), only: ["mode": ["prefill_cache"]]),
            MetricRule(
                "realtime_tokens", .counter(.prompt), only: ["mode": ["prefill_compute", "prefill_cache"]]),
            MetricRule("generation_tokens", .counter(.generated), rank: 1),
            MetricRule("prompt_tokens", .counter(.prompt), rank: 1),
            // `total` is the sum of the others.
            MetricRule("cached_tokens", .counter(.cached), rank: 1, only: ["cache_source": ["total"]]),
            MetricRule(
                "cached_tokens", .counter(.cached), rank: 2,
                only: ["cache_source": ["device", "host", "storage"]]),
            MetricRule("num_requests", .counter(.ended)),
            MetricRule("num_aborted_requests", .counter(.finished("abort"))),
            MetricRule("num_retracted_requests", .counter(.preemptions)),
            MetricRule("num_transfer_failed_reqs", .counter(.failedTransfers)),
            MetricRule("num_bootstrap_failed_reqs", .counter(.failedTransfers)),
            MetricRule(
                "http_responses",
                .counterBy(label: "status_code") { HTTPClass($0).map(Counter.httpResponses) }),
            // What isn't streamed has its whole answer for a first token.
            MetricRule("time_to_first_token_seconds", .histogram(.ttft), only: ["is_streaming": ["true"]]),
            MetricRule("inter_token_latency_seconds", .histogram(.itl)),
            MetricRule(
                "request_time_per_output_token_seconds", .histogram(.tpot), only: ["is_streaming": ["true"]]),
            MetricRule("time_per_output_token_seconds", .histogram(.tpot), rank: 1),
            MetricRule("e2e_request_latency_seconds", .histogram(.e2e)),
            MetricRule("queue_time_seconds", .histogram(.queue)),
            // Of its stages, decoding is not among those that it measures.
            MetricRule(
                "per_stage_req_latency_seconds", .histogram(.prefill), only: ["stage": ["prefill_forward"]]),
            MetricRule("prompt_tokens_histogram", .histogram(.promptLength)),
            MetricRule("generation_tokens_histogram", .histogram(.generationLength)),
        ]
            + otherQueues.flatMap {
                [MetricRule($0, .gauge(.waiting)), MetricRule($0, .gauge(.waitingForOthers))]
            })

    /// Beside the one for room: for a grammar, and, where prefill and decode are apart, for the other side and the
    /// way to it.
    private static let otherQueues = [
        "num_grammar_queue_reqs", "num_prefill_bootstrap_queue_reqs", "num_prefill_inflight_queue_reqs",
        "num_decode_prealloc_queue_reqs", "num_decode_transfer_queue_reqs",
    ]
}
