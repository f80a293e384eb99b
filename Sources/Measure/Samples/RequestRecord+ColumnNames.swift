extension RequestRecord {
    /// The columns of `requests.csv`, in order. The first ones have AIPerf's names.
    ///
    /// Written down, since scripts rely on it: a column is never moved and never removed, and a new one comes at
    /// the end.
    package static let columnNames = [
        "request_start_ns", "request_end_ns", "time_to_first_token_ms", "time_per_output_token_ms",
        "inter_chunk_latency_mean_ms", "inter_chunk_latency_p50_ms", "inter_chunk_latency_max_ms",
        "request_latency_ms", "input_sequence_length", "output_sequence_length", "token_source",
        "error_code", "error", "http_status", "endpoint", "model", "endpoint_id", "level", "request",
        "user", "turn", "connect_ms", "send_lag_ms", "time_to_first_output_ms", "cached_tokens",
        "requested_output_length", "chunks", "finish_reason", "resent", "tail_ms",
    ]
}
