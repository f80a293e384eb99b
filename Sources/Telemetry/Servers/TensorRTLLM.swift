import Measure

extension ServerFamily {
    static let tensorRT = ServerFamily(
        .tensorRT, prefixes: ["trtllm_", "trtllm:"],
        [
            MetricRule("num_requests_running", .gauge(.running)),
            MetricRule("num_requests_waiting", .gauge(.waiting)),
            MetricRule("kv_cache_utilization", .gauge(.kvUsage)),
            MetricRule("kv_cache_hit_rate", .gauge(.hitRate)),
            MetricRule("spec_decode_acceptance_length", .gauge(.acceptedLength)),
            MetricRule("prompt_tokens", .counter(.prompt)),
            MetricRule("generation_tokens", .counter(.generated)),
            MetricRule("prompt_cached_tokens", .counter(.cached)),
            MetricRule("request_success", .counterBy(label: "finished_reason") { .finished($0) }),
            MetricRule("num_requests_completed", .counter(.ended), rank: 1),
            MetricRule(
                "request_error", .counterBy(label: "http_code") { HTTPClass($0).map(Counter.httpResponses) }),
            // In blocks: what they have in common is the share.
            MetricRule("kv_cache_reused_blocks", .counter(.prefixHits)),
            MetricRule("kv_cache_reused_blocks", .counter(.prefixQueries)),
            MetricRule("kv_cache_missed_blocks", .counter(.prefixQueries)),
            MetricRule("spec_decode_num_draft_tokens", .counter(.draftTokens)),
            MetricRule("spec_decode_num_accepted_tokens", .counter(.acceptedTokens)),
            MetricRule("spec_decode_accepted_tokens", acceptedAt("token_position")),
            // Each draft has a first token.
            MetricRule("spec_decode_drafted_tokens", .counter(.drafts), only: ["token_position": ["0"]]),
            MetricRule("time_to_first_token_seconds", .histogram(.ttft)),
            MetricRule("time_per_output_token_seconds", .histogram(.tpot)),
            MetricRule("e2e_request_latency_seconds", .histogram(.e2e)),
            MetricRule("request_queue_time_seconds", .histogram(.queue)),
            MetricRule("request_prefill_time_seconds", .histogram(.prefill)),
            MetricRule("request_decode_time_seconds", .histogram(.decode)),
        ])

    /// The same engine behind Triton, which says little of it: the batch, the queue, the cache.
    static let triton = ServerFamily(
        .tensorRT, prefixes: ["nv_trt_llm_"],
        [
            MetricRule("request_metrics", .gauge(.running), only: ["request_type": ["scheduled"]]),
            MetricRule("request_metrics", .gauge(.waiting), only: ["request_type": ["waiting"]]),
            MetricRule(
                "kv_cache_block_metrics", .gauge(.kvUsage), only: ["kv_cache_block_type": ["fraction"]]),
        ])
}
