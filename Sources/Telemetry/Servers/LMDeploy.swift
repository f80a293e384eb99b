import Measure

extension ServerFamily {
    static let lmdeploy = ServerFamily(
        .lmdeploy, prefixes: ["lmdeploy:"],
        [
            MetricRule("num_requests_running", .gauge(.running)),
            MetricRule("num_requests_waiting", .gauge(.waiting)),
            // Before any of its engines has them.
            MetricRule("num_api_requests_waiting", .gauge(.waiting)),
            MetricRule("gpu_cache_usage_perc", .gauge(.kvUsage)),
            MetricRule("spec_decode_mean_accept_rate", .gauge(.acceptanceRate)),
            MetricRule("spec_decode_mean_accept_length", .gauge(.acceptedLength)),
            MetricRule("prompt_tokens", .counter(.prompt)),
            MetricRule("generation_tokens", .counter(.generated)),
            MetricRule("cached_tokens", .counter(.cached)),
            // Gauges that only rise.
            MetricRule("num_requests_succeeded", .counter(.ended), rank: 1),
            MetricRule("num_requests_failed", .counter(.finished("error")), rank: 1),
            MetricRule("request_success", .counterBy(label: "finished_reason", reason)),
            MetricRule("time_per_output_token_seconds", .histogram(.tpot), rank: 1),
            MetricRule("iter_token_latency", .histogram(.itl), rank: 1),
        ] + vllmNames)

    /// "ResponseType.FINISH": an answer that is whole, or all there was room for; or what else became of it.
    private static func reason(_ text: String) -> Counter {
        switch text.split(separator: ".").last ?? "" {
        case "SUCCESS", "FINISH": .finished("stop")
        case "CANCEL": .finished("abort")
        case let word where word.hasSuffix("ERROR"): .finished("error")
        default: .finished(text)
        }
    }
}
