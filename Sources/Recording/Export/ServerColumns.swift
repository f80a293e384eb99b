import Measure

/// A row of `servers.csv`: a server, or one of its engines, since the reading before. What isn't known is empty, and
/// never 0.
enum ServerColumns {
    static let names =
        [
            "time_ns", "time", "run_id", "source_id", "url", "model", "server", "engine", "status",
            "interval_s", "running", "waiting", "waiting_capacity", "kv_cache_usage", "prompt_tokens_per_s",
            "computed_prompt_tokens_per_s", "cached_prompt_tokens_per_s", "generation_tokens_per_s",
            "requests_per_s", "errors_per_s", "client_errors_per_s", "finish_reasons",
            "prefix_cache_hit_rate", "preemptions_per_s", "spec_acceptance_rate", "spec_length",
        ]
        + ["ttft", "tpot", "itl", "e2e", "queue", "prefill", "decode"].flatMap { name in
            [
                "\(name)_mean_ms", "\(name)_p50_ms", "\(name)_p50_is_bound", "\(name)_p95_ms",
                "\(name)_p95_is_bound", "\(name)_p99_ms", "\(name)_p99_is_bound", "\(name)_count",
            ]
        }
        + ["load_line_users", "load_line_share", "joules_per_token"]

    /// Of the server as a whole, then of its engines.
    static func rows(of server: ServerSnapshot, at moment: Moment, session: SessionInfo) -> [[ColumnValue]] {
        let whole = row(of: server, engine: "", server.facts?.scrape, at: moment, session: session)
        return [whole]
            + server.engines.map {
                row(of: server, engine: $0.name.text, $0.scrape, at: moment, session: session)
            }
    }

    /// It told nothing: its page was none, or it is gone.
    static func silence(
        of server: ServerSnapshot, isGone: Bool, at moment: Moment, session: SessionInfo
    ) -> [ColumnValue] {
        var silent = server
        if isGone { silent.status = .gone(since: moment) }
        silent.loadLine = nil
        silent.joulesPerToken = .failure(.notMeasured)
        return row(of: silent, engine: "", nil, at: moment, session: session)
    }

    private static func row(
        of server: ServerSnapshot, engine: String, _ figures: ServerFigures?, at moment: Moment,
        session: SessionInfo
    ) -> [ColumnValue] {
        let isWhole = engine.isEmpty
        let head: [ColumnValue] = [
            .integer(Int(session.started.unix(moment))), .text(session.started.iso(moment)),
            .text(session.runID), .integer(Int(server.id.index)), .text(server.info.url),
            .text(server.model?.text), .text(server.server?.text ?? server.kind.name.text), .text(engine),
            .text(server.status.word), .number(figures?.elapsed?.inSeconds),
        ]
        let line = isWhole ? server.loadLine : nil
        return head + now(figures) + rates(figures) + latencies(figures) + [
            .integer(line?.line.users), .number(line?.share),
            .number(isWhole ? try? server.joulesPerToken.get() : nil),
        ]
    }

    private static func now(_ figures: ServerFigures?) -> [ColumnValue] {
        [figures?.running, figures?.waiting, figures?.waitingForCapacity, figures?.kvUsage].map {
            .number($0)
        }
    }

    private static func rates(_ figures: ServerFigures?) -> [ColumnValue] {
        let finished = figures?.finished?.filter { $0.count > 0 } ?? []
        let reasons = finished.map { "\($0.reason.text)=\(Int64(exactly: $0.count.rounded()) ?? 0)" }
        let tokens = [
            figures?.promptTokensPerSecond, figures?.computedTokensPerSecond, figures?.cachedTokensPerSecond,
            figures?.generationTokensPerSecond,
        ]
        let requests = [
            figures?.requestsPerSecond, figures?.errorsPerSecond, figures?.clientErrorsPerSecond,
        ]
        let caches = [
            figures?.prefixHitRate, figures?.preemptionsPerSecond, figures?.speculation?.acceptance,
            figures?.speculation?.length,
        ]
        return (tokens + requests).map { .number($0) }
            + [reasons.isEmpty ? .missing : .text(reasons.joined(separator: " "))]
            + caches.map { .number($0) }
    }

    private static func latencies(_ figures: ServerFigures?) -> [ColumnValue] {
        [
            figures?.ttft, figures?.tpot, figures?.itl, figures?.e2e, figures?.queue, figures?.prefill,
            figures?.decode,
        ].flatMap { (latency: LatencyFigures?) -> [ColumnValue] in
            [.milliseconds(latency?.mean)]
                + [.p50, .p95, .p99].flatMap { (percentile: Percentile) -> [ColumnValue] in
                    guard let quantile = latency?.quantile(percentile) else { return [.missing, .missing] }
                    return [.milliseconds(quantile.value), .flag(quantile.isAtLeast)]
                } + [.number(latency?.count)]
        }
    }
}

extension ServerSnapshot.Status {
    fileprivate var word: String {
        switch self {
        case .waiting: "waiting"
        case .up: "up"
        case .trouble: "trouble"
        case .gone: "gone"
        case .left: "left"
        }
    }
}
