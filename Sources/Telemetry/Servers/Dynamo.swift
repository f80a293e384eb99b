import Measure

extension ServerFamily {
    /// Frontend and workers have a page each; an engine's own metrics pass through on a worker's.
    static let dynamo = ServerFamily(
        .dynamo, prefixes: ["dynamo_frontend_", "dynamo_component_"],
        [
            // From a request's beginning to its first token: there is prefill in it, and it is no running batch.
            MetricRule("queued_requests", .gauge(.waiting)),
            MetricRule("inflight_requests", .gauge(.running)),
            // They are in flight, too.
            MetricRule("queued_requests", .gauge(.running), scale: -1),
            MetricRule("gpu_cache_usage_percent", .gaugePerhapsPercent(.kvUsage)),
            MetricRule("requests", .counterBy(label: "status") { .finished($0 == "success" ? "stop" : $0) }),
            // A worker's has no status, and its errors apart.
            MetricRule("requests", .counter(.ended), only: ["status": []]),
            MetricRule("errors", .counter(.finished("error"))),
            MetricRule("output_tokens", .counter(.generated)),
            // Tokens of prompts are counted in histograms of their lengths only.
            MetricRule("input_sequence_tokens_sum", .counter(.prompt)),
            MetricRule("cached_tokens_sum", .counter(.cached)),
            MetricRule("time_to_first_token_seconds", .histogram(.ttft)),
            MetricRule("inter_token_latency_seconds", .histogram(.itl)),
            MetricRule("request_duration_seconds", .histogram(.e2e)),
            MetricRule("input_sequence_tokens", .histogram(.promptLength)),
            MetricRule("output_sequence_tokens", .histogram(.generationLength)),
        ])
}
