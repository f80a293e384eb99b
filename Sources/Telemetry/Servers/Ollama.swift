import Measure

extension ServerFamily {
    /// No release publishes a page; two proposals do, with these names.
    static let ollama = ServerFamily(
        .ollama, prefixes: ["ollama_"],
        [
            MetricRule("requests_queued", .gauge(.waiting)),
            MetricRule("eval", .counter(.generated)),
            MetricRule("prompt_eval", .counter(.prompt)),
        ])
}
