import Measure

/// The columns that a format has for a level, beside its JSON: for people with a `sqlite3` prompt.
///
/// Frozen: tables of that format have these columns in this order, whatever `levels.csv` has grown to.
enum LevelCells {
    static let format1 = LevelResult.format1ColumnNames

    /// What format 2 has behind those. `load` is for loads that aren't a number of users.
    static let addedByFormat2 = [
        "mean_tail_ms", "median_tail_ms", "std_tail_ms", "p90_tail_ms", "p95_tail_ms", "p99_tail_ms",
        "mean_requests_out", "mean_users_connecting", "mean_users_waiting", "loop_cpu_share",
        "timer_lag_p95_ms", "read_lag_p50_ms", "read_lag_p95_ms", "send_lag_p95_ms", "stood_still_ms",
        "buffered_answers", "refused_counts", "throughput_drift", "throughput_drift_ci95_half_width",
        "last_error", "trust_client_stood_still", "trust_buffered", "trust_counts_refused",
        "trust_users_idle", "trust_tail", "load",
    ]

    /// Of what is written.
    static let columns = format1 + addedByFormat2

    static let insert =
        "INSERT INTO levels VALUES ("
        + Array(repeating: "?", count: 2 + columns.count).joined(separator: ", ")
        + ")"

    /// The cells that belong to `columns`.
    static func values(
        of level: LevelResult, endpoint: EndpointInfo?, anchor: WallAnchor
    ) -> [ColumnValue] {
        let cells = Dictionary(
            level.columns(endpoint: endpoint, anchor: anchor).map { ($0.name, $0.value) }
        ) { first, _ in first }
        return columns.map { cells[$0] ?? .missing }
    }
}
