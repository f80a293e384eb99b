import Measure

extension JSONText {
    mutating func server(_ server: ServerSnapshot, of session: SessionInfo) {
        let (now, minute) = (server.facts?.scrape, server.facts?.minute)
        object {
            $0.member("url", .text(server.info.url))
            $0.member("server", .text(server.server?.text))
            $0.member("model", .text(server.model?.text))
            $0.member("engine", .text(server.kind == .other ? nil : server.kind.rawValue))
            $0.member("status", .text(server.status.word))
            $0.member("verdicts") { json in
                json.array(server.findings) { $0.value(.text($1.diagnosis.rawValue)) }
            }
            $0.figures(now, minute)
            $0.member("load_line") { $0.line(server.loadLine, of: session) }
            $0.member("error", .text(server.status.trouble?.text))
            $0.member("rates_window_s", .number(now?.elapsed?.inSeconds))
            $0.member("waiting_for_others", .number(now?.waitingForOthers))
            $0.member("cached_tokens_per_s", .number(now?.cachedTokensPerSecond))
            $0.member("spec_accepted_length", .number(now?.speculation?.length))
            $0.member("kv_capacity_tokens", .whole(now?.kvCapacityTokens))
            $0.member("own_concurrency_guess", .number(now?.ownConcurrencyGuess))
            $0.member("joules_per_token", .number(try? server.joulesPerToken.get()))
            $0.member("gpus") { json in
                guard let gpus = server.gpus else { return json.value(.missing) }
                json.array(gpus) { $0.value(.integer($1)) }
            }
            $0.member("attainment") { json in
                json.array(server.facts?.attainments ?? []) { $0.attainment($1) }
            }
            $0.member("findings") { json in
                json.array(server.findings) { json, finding in
                    json.object {
                        $0.member("verdict", .text(finding.diagnosis.rawValue))
                        $0.member("weight", .text(finding.diagnosis.weight.word))
                        $0.member("since", .text(session.started.iso(finding.since)))
                        $0.member("text", .text(finding.sentence.text))
                    }
                }
            }
            $0.member("scrape_ms", .number(now?.scrapeSeconds.map { $0 * 1e3 }))
            $0.member("engines") { json in
                json.array(server.engines) { json, engine in
                    json.object {
                        $0.member("name", .text(engine.name.text))
                        $0.figures(engine.scrape, engine.minute)
                    }
                }
            }
            $0.member("canary") { $0.canaries(server, of: session) }
        }
    }

    /// - Parameters:
    ///   - now: since the reading before: how things are, and rates.
    ///   - minute: for latencies, which need some answers.
    private mutating func figures(_ now: ServerFigures?, _ minute: ServerFigures?) {
        member("running", .number(now?.running))
        member("waiting", .number(now?.waiting))
        member("kv_cache_usage", .number(now?.kvUsage))
        member("prompt_tokens_per_s", .number(now?.promptTokensPerSecond))
        member("generation_tokens_per_s", .number(now?.generationTokensPerSecond))
        member("requests_per_s", .number(now?.requestsPerSecond))
        member("errors_per_s", .number(now?.errorsPerSecond))
        member("prefix_cache_hit_rate", .number(now?.prefixHitRate))
        member("preemptions_per_s", .number(now?.preemptionsPerSecond))
        member("spec_acceptance_rate", .number(now?.speculation?.acceptance))
        for (name, latency) in [
            ("ttft_ms", minute?.ttft), ("tpot_ms", minute?.tpot), ("itl_ms", minute?.itl),
            ("e2e_ms", minute?.e2e), ("queue_ms", minute?.queue), ("prefill_ms", minute?.prefill),
            ("decode_ms", minute?.decode),
        ] {
            member(name) { $0.latency(latency, over: minute?.elapsed) }
        }
    }

    private static let percentiles: [(name: String, percentile: Percentile)] = [
        ("p50", .p50), ("p95", .p95), ("p99", .p99),
    ]

    private mutating func latency(_ latency: LatencyFigures?, over span: Nanoseconds?) {
        guard let latency else { return value(.missing) }
        let quantiles = Self.percentiles.map { ($0.name, latency.quantile($0.percentile)) }
        object {
            $0.member("mean", .number(latency.mean.map { $0 / 1e6 }))
            for (name, quantile) in quantiles {
                $0.member(name, .number(quantile.map { $0.value / 1e6 }))
            }
            $0.member("count", .whole(latency.count))
            $0.member("window_s", .number(span?.inSeconds))
            // It lies beyond the last bucket: it is at least that.
            $0.member("is_bound") { json in
                json.object { json in
                    for (name, quantile) in quantiles {
                        json.member(name) { json in
                            guard let quantile else { return json.value(.missing) }
                            json.bool(quantile.isAtLeast)
                        }
                    }
                }
            }
        }
    }

    private mutating func line(_ beside: LineBeside?, of session: SessionInfo) {
        guard let beside else { return value(.missing) }
        let line = beside.line
        object {
            $0.member("concurrency", .integer(line.users))
            $0.member("share", .number(beside.share))
            $0.member(
                "recorded",
                .text(WallAnchor(moment: .zero, unixNanoseconds: line.measured).iso(.zero)))
            $0.member("load", .number(beside.load))
            $0.member("is_lower_bound") { $0.bool(line.isLowerBound) }
            $0.member("budget", .text(line.budget))
            $0.member("input_tokens", .number(line.inputTokens))
            $0.member("output_tokens", .number(line.outputTokens))
            $0.member("is_of_same_url") { $0.bool(line.isOfSameURL) }
            $0.member("run_id", .text(line.runID))
        }
    }

    private mutating func canaries(_ server: ServerSnapshot, of session: SessionInfo) {
        let count = server.canaryCount
        guard session.watch?.canary != nil || count.sent > 0 else { return value(.missing) }
        object {
            $0.member("sent", .integer(count.sent))
            $0.member("failed", .integer(count.failed))
            $0.member("tokens", .integer(count.tokens))
            $0.member("last") { json in
                guard let (at, answer) = server.canaries.last else { return json.value(.missing) }
                json.object {
                    $0.member("at", .text(session.started.iso(at)))
                    $0.member("ttft_ms", .number(answer.ttft.map { Double($0) / 1e6 }))
                    $0.member("tpot_ms", .number(answer.tpot.map { $0 / 1e6 }))
                    $0.member("e2e_ms", .number(answer.e2e.map { Double($0) / 1e6 }))
                    $0.member("error", .text(answer.failure?.text))
                }
            }
        }
    }

    private mutating func attainment(_ attainment: Attainment) {
        object {
            let limit = attainment.limit
            $0.member("metric", .text(limit.metric.name))
            $0.member("below_ms", .number(limit.metric == .error ? nil : limit.below / 1e6))
            $0.member("below_share", .number(limit.metric == .error ? limit.below : nil))
            $0.member("share_at_least", .number(attainment.share?.lowerBound))
            $0.member("share_at_most", .number(attainment.share?.upperBound))
            $0.member("answers", .whole(attainment.answers))
            $0.member("verdict", .text(attainment.verdict.rawValue))
        }
    }
}

extension ServerSnapshot.Status {
    /// As in documents.
    var word: String {
        switch self {
        case .waiting: "waiting"
        case .up: "up"
        case .trouble: "trouble"
        case .gone: "gone"
        case .left: "left"
        }
    }

    var trouble: Shown? { if case .trouble(let trouble, _) = self { trouble.words } else { nil } }
}
