extension Diagnosis {
    /// What is wrong, with the figures that say so.
    package func sentence(_ facts: WatchFacts) -> Shown {
        let now = facts.scrape
        switch self {
        case .gone: return "no answer any more: the figures are the last ones"
        case .notServing:
            return now.running == 0
                ? "up, but not serving: \(number(now.waiting)) wait and none runs"
                : "up, but not serving: \(number(now.running)) run and no token moves"
        case .canaryFails:
            return
                "the canary fails: \(facts.failingCanaries?.count ?? 0) in a row, the last: \(facts.failingCanaries?.words ?? "")"
        case .budgetBroken:
            let broken = facts.attainments.filter { $0.verdict == .broken }
            return "the budget is broken over the last minute: \(own: Self.list(broken))"
        case .errors:
            return "\(percent(facts.minute.errorShare)) of the answers over the last minute are errors"
        case .preempting:
            let rate = facts.minute.preemptionsPerSecond.map { $0 * 60 }
            return "preempts \(number(rate)) requests a minute, KV \(percent(now.kvUsage))"
        case .kvFull, .kvHigh: return "KV cache \(percent(now.kvUsage)) full"
        case .queueGrows: return "\(number(now.waiting)) wait, and more and more do"
        case .queueBound: return "requests wait \(time(facts.quarterHour.queue?.mean)) on average"
        case .loadShed: return "turns requests away: its queue is full"
        case .transfersFail: return "KV transfers fail"
        case .overLoadLine:
            return "above its load line: \(number(facts.minute.meanLoad)) of \(number(facts.loadLine)) users"
        case .engineApart: return facts.apart.first?.sentence(of: facts.engines) ?? ""
        case .serverApart: return facts.apartFromOthers.first?.sentence ?? ""
        case .deferred:
            return "\(number(now.waitingForOthers)) wait though KV is \(percent(now.kvUsage)) full only"
        case .prefillStarves:
            return "ITL p99 \(time(facts.minute.itl?.quantile(.p99)?.value)) with more prompts than usual"
        case .hitRateFell:
            return
                "prefix-cache hits \(percent(facts.fiveMinutes.prefixHitRate)), usually \(percent(facts.hour.prefixHitRate))"
        case .acceptanceFell:
            return
                "drafts accepted \(percent(facts.fiveMinutes.speculation?.acceptance)), usually \(percent(facts.hour.speculation?.acceptance))"
        case .restarted: return "restarted: its counters began anew"
        case .asleep: return "asleep"
        case .truncated:
            return
                "\(percent(Self.truncatedShare(facts.fiveMinutes))) of the answers end at their length limit"
        case .cacheUseless: return "the prefix cache finds nothing"
        case .speculationUseless:
            return "a draft yields \(number(facts.fiveMinutes.speculation?.length, digits: 2)) tokens a step"
        }
    }

    /// What it usually comes of.
    package var usualCause: Shown {
        switch self {
        case .gone: "the process ended, or the machine or the network is stuck"
        case .notServing: "the engine hangs while its API answers: /health says nothing of that"
        case .canaryFails:
            "what its page doesn't show: the API hangs or refuses, or a key or a model is another"
        case .budgetBroken: "more load than it carries, or longer prompts than it was measured with"
        case .errors: "the engine fails, or a time-out in front of it is too short"
        case .preempting: "more requests than the KV cache has room for: they are computed twice"
        case .kvFull, .kvHigh: "long requests, or a limit on sequences that is too high"
        case .queueGrows, .queueBound: "more requests come than it serves"
        case .loadShed: "a limit on queued requests does what it is for"
        case .transfersFail: "the link between prefill and decode, or a worker that went away"
        case .overLoadLine: "more users than it was seen to carry within the budget"
        case .engineApart, .serverApart: "uneven routing, or a GPU that is slower than the others"
        case .deferred: "LoRA slots or KV transfers, not room"
        case .prefillStarves: "long prompts are computed between the tokens of others: chunked prefill helps"
        case .hitRateFell: "other prompts than before, or a cache that is too small for them"
        case .acceptanceFell: "other text than the draft model is good at"
        case .restarted: "a crash, or a new version"
        case .asleep: "put to sleep to free the GPU"
        case .truncated: "max_tokens is too small for what is asked"
        case .cacheUseless: "no two prompts begin alike, or requests are spread over replicas at random"
        case .speculationUseless: "drafts cost more than they bring"
        }
    }

    private static func list(_ broken: [Attainment]) -> String {
        broken.map { attainment in
            guard let share = attainment.share else { return attainment.limit.metric.word }
            return "\(attainment.limit.metric.word) \(percent(share.upperBound).text) within"
        }.joined(separator: ", ")
    }
}

extension Apart {
    fileprivate var sentence: Shown {
        switch figure {
        case .ttft: "TTFT p95 \(time(value)), the others' \(time(median))"
        case .tpot: "TPOT p95 \(time(value)), the others' \(time(median))"
        case .running: "\(number(value)) run, \(number(median)) on the others"
        case .kvUsage: "KV \(percent(value)), \(percent(median)) on the others"
        }
    }

    fileprivate func sentence(of engines: [Shown]) -> Shown {
        "engine \(place < engines.count ? engines[place] : "\(place)"): \(sentence)"
    }
}

extension ServerFigures {
    /// What the time to the first token is made of, by the means of those that ended: the queue, or the work. nil where
    /// the server doesn't say.
    package var firstTokenSplit: Shown? {
        guard let ttft = ttft?.mean, let queue = queue?.mean, let prefill = prefill?.mean else { return nil }
        return "TTFT \(time(ttft)) = queue \(time(queue)) + prefill \(time(prefill))"
    }
}

extension LatencyBudget.Metric {
    fileprivate var word: String {
        switch self {
        case .ttft: "TTFT"
        case .tpot: "TPOT"
        case .itl: "ITL"
        case .e2e: "E2E"
        case .error: "errors"
        }
    }
}

// MARK: Figures in a sentence

private func number(_ value: Double?, digits: Int = 0) -> Shown {
    guard let value, value.isFinite else { return "–" }
    let power = (0..<digits).reduce(1.0) { power, _ in power * 10 }
    let rounded = (value * power).rounded() / power
    return digits == 0 && abs(rounded) < 1e15 ? Shown(own: "\(Int64(rounded))") : Shown(own: "\(rounded)")
}

private func percent(_ share: Double?) -> Shown { "\(number(share.map { $0 * 100 })) %" }

/// - Parameter value: nanoseconds.
private func time(_ value: Double?) -> Shown {
    guard let value else { return "–" }
    return value < 1e9 ? "\(number(value / 1e6)) ms" : "\(number(value / 1e9, digits: 1)) s"
}
