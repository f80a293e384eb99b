import Measure

extension ServerFamily {
    /// No labels, no histograms. Its gauges of tokens a second are over a time that differs between builds, and are
    /// disturbed by whoever else reads them: left alone. `/slots` tells of the tokens between the moments at which
    /// the counters move: a prompt's when its answer begins, an answer's when it ends.
    static let llamacpp = ServerFamily(
        .llamacpp, prefixes: ["llamacpp:"],
        [
            MetricRule("requests_processing", .gauge(.running)),
            MetricRule("requests_deferred", .gauge(.waiting)),
            MetricRule("requests_deferred", .gauge(.waitingForCapacity)),
            MetricRule("kv_cache_usage_ratio", .gauge(.kvUsage)),
            MetricRule("n_busy_slots_per_decode", .gauge(.meanBusySlots)),
            MetricRule("slot_context_tokens", .gauge(.kvCapacityTokens)),
            // Without those that the cache had.
            MetricRule("prompt_tokens", .counter(.computed)),
            MetricRule("prompt_tokens", .counter(.prompt)),
            MetricRule("prompt_tokens_cached", .counter(.cached)),
            MetricRule("prompt_tokens_cached", .counter(.prompt)),
            MetricRule("prompt_tokens_cached", .counter(.prefixHits)),
            MetricRule("prompt_tokens_cached", .counter(.prefixQueries)),
            MetricRule("prompt_tokens", .counter(.prefixQueries)),
            MetricRule("tokens_predicted", .counter(.generated)),
            // Of all tokens since: the mean of a token, and nothing else of it.
            MetricRule("tokens_predicted_seconds", .sum(.itl)),
            MetricRule("tokens_predicted", .count(.itl)),
            MetricRule("slot_decoded_tokens", .live(.generated)),
            MetricRule("slot_prompt_tokens_read", .live(.computed)),
            MetricRule("slot_prompt_tokens_read", .live(.prompt)),
            MetricRule("n_decode", .counter(.decodeSteps)),
            MetricRule("spec_decode_num_drafts", .counter(.drafts)),
            MetricRule("spec_decode_num_draft_tokens", .counter(.draftTokens)),
            MetricRule("spec_decode_num_accepted_tokens", .counter(.acceptedTokens)),
            MetricRule("spec_decode_num_accepted_tokens_per_pos", acceptedAt("position")),
        ])
}
