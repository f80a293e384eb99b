extension LevelResult {
    /// The columns of `levels.csv`, in order; also the keys of a level in the JSON document. The first ones
    /// have the names of vLLM's benchmark.
    ///
    /// Written down, since scripts rely on it: a column is never moved and never removed, a new one comes at the
    /// end, and one that has no meaning any more stays, empty.
    package static let columnNames: [String] =
        format1ColumnNames + [
            "mean_tail_ms", "median_tail_ms", "std_tail_ms", "p90_tail_ms", "p95_tail_ms", "p99_tail_ms",
            "mean_requests_out", "mean_users_connecting", "mean_users_waiting", "loop_cpu_share",
            "timer_lag_p95_ms", "read_lag_p50_ms", "read_lag_p95_ms", "send_lag_p95_ms", "stood_still_ms",
            "buffered_answers", "refused_counts", "throughput_drift", "throughput_drift_ci95_half_width",
            "last_error", "trust_client_stood_still", "trust_buffered", "trust_counts_refused",
            "trust_users_idle", "trust_tail", "read_lag_change_p50_ms", "read_lag_change_p95_ms",
            "read_lag_change_p99_ms", "trust_not_repeatable", "budget_verdict", "budget_broken_by", "schema",
        ] + ["cost_per_million_output_tokens", "cost_per_million_total_tokens"] + sessionColumnNames
        + telemetryColumnNames + intervalColumnNames + ["gpus"]

    /// Of these columns: 2 since `budget_held` may be empty because it is undecided.
    package static let columnSchema = 2

    /// What format 1 of the recording has, in its tables too: frozen.
    package static let format1ColumnNames = [
        "endpoint", "model", "concurrency", "window_start", "window_end", "duration", "completed",
        "failed", "total_input_tokens", "total_output_tokens", "request_throughput", "output_throughput",
        "total_token_throughput", "request_goodput", "mean_ttft_ms", "median_ttft_ms", "std_ttft_ms",
        "p90_ttft_ms", "p95_ttft_ms", "p99_ttft_ms", "mean_tpot_ms", "median_tpot_ms", "std_tpot_ms",
        "p90_tpot_ms", "p95_tpot_ms", "p99_tpot_ms", "mean_itl_ms", "median_itl_ms", "std_itl_ms",
        "p90_itl_ms", "p95_itl_ms", "p99_itl_ms", "mean_e2el_ms", "median_e2el_ms", "std_e2el_ms",
        "p90_e2el_ms", "p95_e2el_ms", "p99_e2el_ms", "endpoint_id", "level", "window_output_tokens",
        "output_throughput_ci95_half_width", "error_rate", "littles_law_ratio", "budget_held",
        "token_source", "cached_tokens", "samples_ttft", "samples_tpot", "samples_itl", "samples_e2el",
        "connections", "mean_connect_ms", "median_connect_ms", "p99_connect_ms", "timer_lag_p50_ms",
        "timer_lag_p99_ms", "read_lag_p99_ms", "send_lag_p50_ms", "send_lag_p99_ms", "cpu_share",
        "errors_name_not_found", "errors_connection_refused", "errors_connect_timeout",
        "errors_unreachable", "errors_tls", "errors_unauthorized", "errors_not_found", "errors_rejected",
        "errors_rate_limited", "errors_unavailable", "errors_server_error", "errors_timeout",
        "errors_closed_early", "errors_connection_reset", "errors_not_a_stream", "errors_malformed",
        "errors_too_large", "errors_in_stream", "errors_no_tokens", "errors_cancelled", "errors_other",
        "trust_client_bound", "trust_few_samples", "trust_errors", "trust_mixed_token_sources",
        "trust_prefix_cache", "trust_output_length", "trust_input_length", "trust_littles_law",
        "trust_unsteady", "trust_cut_short", "trust_server_restarted", "trust_gpu_throttled",
    ]
}
