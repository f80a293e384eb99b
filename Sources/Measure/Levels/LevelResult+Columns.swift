extension LevelResult {
    /// The cells that belong to `columnNames`.
    package func columnValues(endpoint: EndpointInfo?, anchor: WallAnchor, session: SessionInfo? = nil)
        -> [ColumnValue]
    {
        columns(endpoint: endpoint, anchor: anchor, session: session).map(\.value)
    }

    /// This level's row. `endpoint` is the one that it was measured on; `anchor` the session's: window
    /// edges are given in nanoseconds since 1970, on the same clock as `requests.csv`. `session`: where the row is to
    /// say of itself what it was measured by, and what that costs.
    package func columns(endpoint info: EndpointInfo?, anchor: WallAnchor, session: SessionInfo? = nil)
        -> [Column]
    {
        cells(endpoint: info, anchor: anchor, session: session).ordered(by: Self.columnNames)
    }

    /// All cells, in no order that matters.
    func cells(endpoint info: EndpointInfo?, anchor: WallAnchor, session: SessionInfo? = nil) -> [Column] {
        let latencies =
            ttft.columns("ttft") + tpot.columns("tpot") + itl.columns("itl") + e2e.columns("e2el")
            + tail.columns("tail")
        let errors = FailureKind.allCases.map { kind in
            Column("errors_\(kind.rawValue.underscored)", .integer(failures[kind] ?? 0))
        }
        let flags = TrustFlag.allCases.map { flag in
            Column("trust_\(flag.rawValue.underscored)", .flag(trust.contains(flag)))
        }
        return whatWasRun(info, anchor) + throughputs + latencies + furtherFigures + circumstances
            + lag.columns + errors + flags + deadColumns + costColumns(session?.plan?.prices)
            + sessionColumns(session, info, anchor) + telemetryColumns + intervalColumns
            + [Column("gpus", .text(telemetry?.gpus?.text))]
    }

    private var seconds: Double {
        Double(windowEnd.nanoseconds &- windowStart.nanoseconds) / 1e9
    }

    private func perSecond(_ amount: Double) -> Double? { seconds > 0 ? amount / seconds : nil }

    var outputTokensPerSecond: Double? { perSecond(windowTokens) }

    /// Of prompts and answers; nil unless the server counted every prompt.
    var totalTokensPerSecond: Double? {
        knownInputTokens.flatMap { perSecond(windowTokens + Double($0)) }
    }

    private func costColumns(_ prices: Prices?) -> [Column] {
        let cost = prices?.cost(of: self)
        return [
            Column("cost_per_million_output_tokens", .number(cost?.perMillionOutput)),
            Column("cost_per_million_total_tokens", .number(cost?.perMillionTotal)),
        ]
    }

    private func whatWasRun(_ info: EndpointInfo?, _ anchor: WallAnchor) -> [Column] {
        [
            Column("endpoint", .text(info?.url.text)),
            Column("model", .text(info?.model.text)),
            Column("concurrency", .integer(concurrency)),
            Column("window_start", .integer(anchor.unixColumn(windowStart))),
            Column("window_end", .integer(anchor.unixColumn(windowEnd))),
            Column("duration", .number(seconds)),
            Column("completed", .integer(completed)),
            Column("failed", .integer(failed)),
            Column("total_input_tokens", .integer(knownInputTokens)),
            Column("total_output_tokens", .integer(outputTokens)),
        ]
    }

    private var throughputs: [Column] {
        [
            Column("request_throughput", .number(perSecond(Double(completed)))),
            Column("output_throughput", .number(outputTokensPerSecond)),
            Column("total_token_throughput", .number(totalTokensPerSecond)),
            Column("request_goodput", .number(goodput)),
        ]
    }

    private var furtherFigures: [Column] {
        [
            Column("endpoint_id", .integer(Int(endpoint.index))),
            Column("level", .integer(level)),
            Column("window_output_tokens", .number(windowTokens)),
            Column("output_throughput_ci95_half_width", .number(throughput.halfWidth)),
            Column("error_rate", .number(errorShare)),
            Column("budget_held", budgetHeld.map { .flag($0) } ?? .missing),
            Column("budget_verdict", .text(budgetVerdict?.rawValue)),
            Column("budget_broken_by", .text(brokenBy?.limit.metric.name)),
            Column("schema", .integer(Self.columnSchema)),
            Column("token_source", .text(tokenSource)),
            Column("cached_tokens", .integer(cachedSaid == 0 ? nil : cachedTokens)),
            Column("samples_ttft", .integer(ttft.count)),
            Column("samples_tpot", .integer(tpot.count)),
            Column("samples_itl", .integer(itl.count)),
            Column("samples_e2el", .integer(e2e.count)),
            Column("connections", .integer(connect.count)),
            Column("mean_connect_ms", .milliseconds(connect.knownMean)),
            Column("median_connect_ms", .milliseconds(connect.percentile(.p50))),
            Column("p99_connect_ms", .milliseconds(connect.percentile(.p99))),
        ]
    }

    private var circumstances: [Column] {
        [
            Column("mean_requests_out", .number(occupancy?.out)),
            Column("mean_users_connecting", .number(occupancy?.connecting)),
            Column("mean_users_waiting", .number(occupancy?.waiting)),
            Column("stood_still_ms", .milliseconds(stoodStill.map(Double.init))),
            Column("buffered_answers", .integer(bufferedAnswers)),
            Column("refused_counts", .integer(refusedCounts)),
            Column("throughput_drift", .number(drift?.mean)),
            Column("throughput_drift_ci95_half_width", .number(drift?.halfWidth)),
            Column("last_error", .text(lastError?.text)),
            Column("trust_few_samples", .flag(hasFewSamples)),
        ]
    }

    /// They had a meaning in files of old, and keep it there.
    private var deadColumns: [Column] {
        [
            Column("littles_law_ratio", .number(littlesLawRatio)),
            Column(
                "trust_littles_law", littlesLawRatio.map { .flag(!(abs($0 - 1) <= 0.05)) } ?? .missing),
        ]
    }

    /// nil unless every completed answer said.
    private var knownInputTokens: Int? {
        guard let inputsSaid else { return inputTokens > 0 ? inputTokens : nil }
        return inputsSaid == completed ? inputTokens : nil
    }

    private var errorShare: Double? { Double(completed) + Double(failed) > 0 ? errorRate : nil }

    /// One word: a cell never holds several sources.
    private var tokenSource: String? {
        let sources = Set(tokenSources)
        return sources.count > 1 ? "mixed" : sources.first?.rawValue
    }
}

extension Distribution {
    /// `mean_x_ms` to `p99_x_ms`; empty where there are too few samples.
    fileprivate func columns(_ metric: String) -> [Column] {
        [
            Column("mean_\(metric)_ms", .milliseconds(knownMean)),
            Column("median_\(metric)_ms", .milliseconds(percentile(.p50))),
            Column("std_\(metric)_ms", .milliseconds(count > 1 ? standardDeviation : nil)),
            Column("p90_\(metric)_ms", .milliseconds(percentile(.p90))),
            Column("p95_\(metric)_ms", .milliseconds(percentile(.p95))),
            Column("p99_\(metric)_ms", .milliseconds(percentile(.p99))),
        ]
    }
}

extension LagSummary {
    fileprivate var columns: [Column] {
        [
            Column("timer_lag_p50_ms", .milliseconds(timerP50)),
            Column("timer_lag_p99_ms", .milliseconds(timerP99)),
            Column("read_lag_p99_ms", .milliseconds(readP99)),
            Column("send_lag_p50_ms", .milliseconds(sendP50)),
            Column("send_lag_p99_ms", .milliseconds(sendP99)),
            Column("cpu_share", .number(cpuShare)),
            Column("loop_cpu_share", .number(loopCPUShare)),
            Column("timer_lag_p95_ms", .milliseconds(timerP95)),
            Column("read_lag_p50_ms", .milliseconds(readP50)),
            Column("read_lag_p95_ms", .milliseconds(readP95)),
            Column("send_lag_p95_ms", .milliseconds(sendP95)),
            Column("read_lag_change_p50_ms", .milliseconds(changeP50)),
            Column("read_lag_change_p95_ms", .milliseconds(changeP95)),
            Column("read_lag_change_p99_ms", .milliseconds(changeP99)),
        ]
    }
}

extension WallAnchor {
    /// Wraps instead of trapping: an export must survive whatever a file says.
    func unixColumn(_ moment: Moment) -> Int {
        Int(truncatingIfNeeded: unixNanoseconds &+ (moment.nanoseconds &- self.moment.nanoseconds))
    }
}

extension String {
    /// "client-bound" as a column name.
    fileprivate var underscored: String { String(map { $0 == "-" ? "_" : $0 }) }
}
