/// What `plimsoll sweep --json` prints: the part that is looked at.
struct SweepDocument: Decodable {
    struct Endpoint: Decodable {
        var levels: [SweptLevel]
        var plateau: Plateau?
        var loadLine: LoadLine?

        enum CodingKeys: String, CodingKey {
            case levels, plateau
            case loadLine = "load_line"
        }
    }

    struct Plateau: Decodable {
        var throughput: Double
        var concurrency: Int
        var reached: Bool

        enum CodingKeys: String, CodingKey {
            case throughput = "output_throughput"
            case concurrency, reached
        }
    }

    struct LoadLine: Decodable {
        /// nil where the endpoint went away.
        var concurrency: Int?
    }

    var endpoints: [Endpoint]
}

/// One level. Window edges are nanoseconds since 1970; latencies are milliseconds, nil where there were too few
/// samples.
struct SweptLevel: Decodable {
    var concurrency: Int
    var windowStart: Int64
    var windowEnd: Int64
    var completed: Int
    var failed: Int
    var throughput: Double?
    var ttftMedian: Double?
    var ttftP95: Double?
    var ttftP99: Double?
    var tpotMean: Double?
    var itlMedian: Double?
    var timerLagP99: Double?
    var readLagP99: Double?
    var sendLagP99: Double?
    var cpuShare: Double?
    /// Nil where the program says nothing of the kind.
    var trust: [String]?

    enum CodingKeys: String, CodingKey {
        case concurrency, completed, failed, trust
        case windowStart = "window_start"
        case windowEnd = "window_end"
        case throughput = "output_throughput"
        case ttftMedian = "median_ttft_ms"
        case ttftP95 = "p95_ttft_ms"
        case ttftP99 = "p99_ttft_ms"
        case tpotMean = "mean_tpot_ms"
        case itlMedian = "median_itl_ms"
        case timerLagP99 = "timer_lag_p99_ms"
        case readLagP99 = "read_lag_p99_ms"
        case sendLagP99 = "send_lag_p99_ms"
        case cpuShare = "cpu_share"
    }
}
