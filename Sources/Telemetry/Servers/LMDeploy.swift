import Measure

extension ServerFamily {
    static let lmdeploy = ServerFamily(
        .lmdeploy, prefixes: ["lmdeploy:"],
        [
            MetricRule("num_requests_running", .gauge(.running)),
            MetricRule("num_requests_waiting", .gauge(.waiting)),
            MetricRule("gpu_cache_usage_perc", .gauge(.kvUsage)),
            MetricRule("spec_decode_mean_accept_rate", .gauge(.acceptanceRate)),
            MetricRule("spec_decode_mean_accept_length", .gauge(.acceptedLength)),
            MetricRule("prompt_tokens", .counter(.prompt)),
            MetricRule("generation_tokens", .counter(.generated)),
            MetricRule("cached_tokens", .counter(.cached)),
            MetricRule("request_success", .counterBy(label: "finished_reason") { .finished($0) }),
            // Gauges that only rise.
            MetricRule("num_requests_succeeded", .counter(.ended), rank: 1),
            MetricRule("num_requests_failed", .counter(.finished("error"))),
            MetricRule("spec_decode_num_drafts", .counter(.drafts)),
            MetricRule("spec_decode_num_draft_tokens", .counter(.draftTokens)),
            MetricRule("spec_decode_num_accepted_tokens", .counter(.acceptedTokens)),
            MetricRule("spec_decode_num_accepted_tokens_per_pos", acceptedAt("position")),
            MetricRule("time_to_first_token_seconds", .histogram(.ttft)),
            MetricRule("inter_token_latency_seconds", .histogram(.itl)),
            MetricRule("request_time_per_output_token_seconds", .histogram(.tpot)),
            MetricRule("time_per_output_token_seconds", .histogram(.tpot), rank: 1),
            MetricRule("e2e_request_latency_seconds", .histogram(.e2e)),
            MetricRule("request_queue_time_seconds", .histogram(.queue)),
            MetricRule("request_prefill_time_seconds", .histogram(.prefill)),
            MetricRule("request_decode_time_seconds", .histogram(.decode)),
            MetricRule("request_prompt_tokens", .histogram(.promptLength)),
            MetricRule("request_generation_tokens", .histogram(.generationLength)),
        ])
}
