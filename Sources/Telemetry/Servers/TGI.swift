import Measure

extension ServerFamily {
    /// No TTFT, no KV use. Seconds, though the names don't say so; counters without `_total`.
    static let tgi = ServerFamily(
        .tgi, prefixes: ["tgi_"],
        [
            MetricRule("batch_current_size", .gauge(.running)),
            MetricRule("queue_size", .gauge(.waiting)),
            MetricRule("request_success", .counter(.ended)),
            MetricRule("request_failure", .counter(.finished("error"))),
            // Tokens are counted in histograms of lengths only, when a request ends.
            MetricRule("request_input_length_sum", .counter(.prompt)),
            MetricRule("request_generated_tokens_sum", .counter(.generated)),
            MetricRule("request_duration", .histogram(.e2e)),
            MetricRule("request_queue_duration", .histogram(.queue)),
            MetricRule("request_input_length", .histogram(.promptLength)),
            MetricRule("request_generated_tokens", .histogram(.generationLength)),
        ])
}
