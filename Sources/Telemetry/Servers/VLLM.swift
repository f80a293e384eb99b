import Measure

extension ServerFamily {
    /// vLLM 0.9 and later; names that are gone by now follow those that took their place.
    static let vllm = ServerFamily(
        .vllm, prefixes: ["vllm:"],
        [
            MetricRule("num_requests_running", .gauge(.running)),
            MetricRule("num_requests_waiting", .gauge(.waiting)),
            // Its sum is the number above.
            MetricRule("num_requests_waiting_by_reason", .gauge(.waiting), rank: 1),
            // Put aside for want of room, by versions before 0.9: neither running nor in the queue.
            MetricRule("num_requests_swapped", .gauge(.waiting)),
            MetricRule(
                "num_requests_waiting_by_reason", .gauge(.waitingForCapacity), only: ["reason": ["capacity"]]),
            MetricRule(
                "num_requests_waiting_by_reason", .gauge(.waitingForOthers), only: ["reason": ["deferred"]]),
            MetricRule("kv_cache_usage_perc", .gauge(.kvUsage)),
            MetricRule("gpu_cache_usage_perc", .gauge(.kvUsage), rank: 1),
            MetricRule("engine_sleep_state", .gauge(.awake), only: ["sleep_state": ["awake"]]),
            MetricRule("cache_config_info", .labels(cacheSize)),
            MetricRule("prefix_cache_queries", .counter(.prefixQueries)),
            MetricRule("prefix_cache_hits", .counter(.prefixHits)),
            MetricRule("gpu_prefix_cache_queries", .counter(.prefixQueries), rank: 1),
            MetricRule("gpu_prefix_cache_hits", .counter(.prefixHits), rank: 1),
            MetricRule("gpu_prefix_cache_hit_rate", .gauge(.hitRate)),
            MetricRule("num_preemptions", .counter(.preemptions)),
            MetricRule("prompt_tokens", .counter(.prompt)),
            MetricRule("generation_tokens", .counter(.generated)),
            MetricRule(
                "prompt_tokens_by_source", .counter(.computed), only: ["source": ["local_compute"]]),
            MetricRule("prompt_tokens_cached", .counter(.cached)),
            MetricRule(
                "prompt_tokens_by_source", .counter(.cached), rank: 1,
                only: ["source": ["local_cache_hit", "external_kv_transfer"]]),
            // Failures, too, whatever its name.
            MetricRule("request_success", .counterBy(label: "finished_reason") { .finished($0) }),
            MetricRule("admission_rejections", .counter(.rejected)),
            MetricRule("nixl_num_failed_transfers", .counter(.failedTransfers)),
            MetricRule("nixl_num_failed_notifications", .counter(.failedTransfers)),
            MetricRule("nixl_num_kv_expired_reqs", .counter(.failedTransfers)),
            MetricRule("mooncake_num_failed_transfers", .counter(.failedTransfers)),
            MetricRule("mooncake_num_failed_recvs", .counter(.failedTransfers)),
            MetricRule("mooncake_num_kv_expired_reqs", .counter(.failedTransfers)),
            // NIM has most of these names, without a prefix, and two of its own.
            MetricRule(
                "request_finish",
                .counterBy(label: "finished_reason") { $0 == "error" ? nil : .finished($0) }),
            MetricRule("request_failure", .counter(.finished("error"))),
            MetricRule("time_per_output_token_seconds", .histogram(.itl), rank: 1),
        ] + vllmNames)

    /// What LMDeploy calls by the same names.
    static let vllmNames = [
        MetricRule("spec_decode_num_drafts", .counter(.drafts)),
        MetricRule("spec_decode_num_draft_tokens", .counter(.draftTokens)),
        MetricRule("spec_decode_num_accepted_tokens", .counter(.acceptedTokens)),
        MetricRule("spec_decode_num_accepted_tokens_per_pos", acceptedAt("position")),
        MetricRule("time_to_first_token_seconds", .histogram(.ttft)),
        MetricRule("inter_token_latency_seconds", .histogram(.itl)),
        MetricRule("request_time_per_output_token_seconds", .histogram(.tpot)),
        MetricRule("e2e_request_latency_seconds", .histogram(.e2e)),
        MetricRule("request_queue_time_seconds", .histogram(.queue)),
        MetricRule("request_prefill_time_seconds", .histogram(.prefill)),
        MetricRule("request_decode_time_seconds", .histogram(.decode)),
        MetricRule("request_prompt_tokens", .histogram(.promptLength)),
        MetricRule("request_generation_tokens", .histogram(.generationLength)),
    ]

    static func acceptedAt(_ label: String) -> MetricRule.Meaning {
        .counterBy(label: label) { position in
            guard let position = Int(position), (0..<64).contains(position) else { return nil }
            return .acceptedAt(position)
        }
    }

    /// `cache_config_info`: its fields are labels.
    private static func cacheSize(_ series: SeriesName) -> [Gauge: Double] {
        func number(_ label: String) -> Double? { series[label].flatMap(Double.init) }
        var size: [Gauge: Double] = [:]
        let blocks = number("num_gpu_blocks").flatMap { blocks in number("block_size").map { $0 * blocks } }
        size[.kvCapacityTokens] = number("kv_cache_size_tokens") ?? blocks
        size[.ownConcurrencyGuess] = number("kv_cache_max_concurrency")
        return size
    }
}
