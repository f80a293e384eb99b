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
            // Gauges that only rise.
            MetricRule("num_requests_succeeded", .counter(.ended), rank: 1),
            MetricRule("num_requests_failed", .counter(.finished("error"))),
            MetricRule("time_per_output_token_seconds", .histogram(.tpot), rank: 1),
        ] + vllmNames)
}
