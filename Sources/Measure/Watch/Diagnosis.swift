/// What may be wrong with a server, each by a rule of its own: the conclusions that operators draw from its figures.
package enum Diagnosis: String, Hashable, Sendable, Codable, CaseIterable {
    // The worst first.
    case gone
    case notServing = "not-serving"
    case canaryFails = "canary-fails"
    case budgetBroken = "budget-broken"
    case errors
    case preempting
    case kvFull = "kv-full"
    case queueGrows = "queue-grows"
    case queueBound = "queue-bound"
    case loadShed = "load-shed"
    case transfersFail = "transfers-fail"
    case overLoadLine = "over-load-line"
    case kvHigh = "kv-high"
    case engineApart = "engine-apart"
    case serverApart = "server-apart"
    case deferred
    case prefillStarves = "prefill-starves-decode"
    case hitRateFell = "hit-rate-fell"
    case acceptanceFell = "acceptance-fell"
    case restarted
    case asleep
    case truncated
    case cacheUseless = "prefix-cache-useless"
    case speculationUseless = "speculation-useless"

    package enum Weight: Int, Hashable, Sendable, Codable, Comparable {
        case note
        case yellow
        case red

        package static func < (left: Weight, right: Weight) -> Bool { left.rawValue < right.rawValue }
    }

    package var weight: Weight {
        switch self {
        case .gone, .notServing, .canaryFails, .budgetBroken, .errors, .preempting, .kvFull, .queueGrows,
            .queueBound,
            .loadShed,
            .transfersFail:
            .red
        case .overLoadLine, .kvHigh, .engineApart, .serverApart, .deferred, .prefillStarves, .hitRateFell,
            .acceptanceFell,
            .restarted:
            .yellow
        case .asleep, .truncated, .cacheUseless, .speculationUseless: .note
        }
    }

    /// How long it must have been so without a break.
    package var patience: Nanoseconds {
        switch self {
        case .notServing, .queueGrows, .kvFull, .kvHigh, .deferred, .engineApart, .serverApart: 30 * .second
        case .preempting: 60 * .second
        default: 0
        }
    }

    /// How long it must have been otherwise until it is over: what lies at its limit doesn't come and go.
    package var calm: Nanoseconds {
        switch self {
        case .gone, .restarted: 0
        // The next one says whether it is.
        case .canaryFails: 0
        default: 10 * .second
        }
    }

    /// It says the same, and less.
    package var isPartOf: Diagnosis? { self == .kvHigh ? .kvFull : nil }
}

extension Diagnosis {
    // What operators take for too much.
    static let longQueue = 30 * Double(Nanoseconds.second)
    package static let fullKV = 0.95
    package static let highKV = 0.85
    package static let tolerableErrors = 0.01
    static let muchSlower = 1.5
    static let fallen = 0.7
    static let mostTruncated = 0.5
    /// Fewer answers, or fewer tokens, tell nothing of habits.
    static let fewAnswers = 20.0
    static let fewTokens = 10_000.0
    static let fewGenerated = 1_000.0
    /// Of those that waited over the last minute, so much more over the half of it that is nearer.
    static let rising = 1.05
    static let uselessHitRate = 0.01
    static let uselessLength = 1.1
    static let restartIsNews = 300 * Nanoseconds.second
    /// Once is an accident.
    static let failingCanaries = 2
    /// With more of the requests than that being this program's own, they tell nothing of habits.
    static let mostOwn = 0.25
    /// A mean over less of the hour is none to hold something against.
    static let shortHour = 600 * Nanoseconds.second

    /// Since when it is so, where it is: now, unless it is known better.
    func beginning(_ facts: WatchFacts) -> Moment {
        self == .canaryFails ? facts.failingCanaries?.since ?? facts.at : facts.at
    }

    /// Whether it is so at this moment. What isn't known is not so.
    package func holds(_ facts: WatchFacts) -> Bool {
        switch self {
        case .gone: return facts.isGone
        // What follows speaks of a server that answers.
        case _ where facts.isGone: return false
        case .restarted: return facts.lastRestart.map { facts.at - $0 < Self.restartIsNews } ?? false
        case .asleep: return facts.scrape.isAsleep == true
        case .notServing: return Self.isStuck(facts.scrape)
        case .canaryFails: return facts.failingCanaries?.count ?? 0 >= Self.failingCanaries
        case .budgetBroken: return facts.attainments.contains { $0.verdict == .broken }
        case .errors:
            return facts.minute.errorShare ?? 0 > Self.tolerableErrors
                && facts.minute.errors ?? 0 >= 2 + Double(facts.ownMinute.failed)
        case .preempting: return facts.minute.preemptionsPerSecond ?? 0 > 0
        case .kvFull: return facts.scrape.kvUsage ?? 0 >= Self.fullKV
        case .kvHigh: return facts.scrape.kvUsage ?? 0 >= Self.highKV
        case .queueGrows:
            guard let recent = facts.recentWaiting, let minute = facts.minute.meanWaiting else {
                return false
            }
            return facts.scrape.waiting ?? 0 > 0 && recent > Self.rising * minute
        case .queueBound:
            // Of a queue that is gone the mean tells for a quarter of an hour.
            guard facts.minute.meanWaiting ?? 1 > 0 else { return false }
            return facts.quarterHour.queue?.mean ?? 0 > Self.longQueue
        case .loadShed: return facts.minute.rejectionsPerSecond ?? 0 > 0
        case .transfersFail: return facts.minute.failedTransfersPerSecond ?? 0 > 0
        case .overLoadLine:
            guard let load = facts.minute.meanLoad, let line = facts.loadLine else { return false }
            return load > line
        case .engineApart: return !facts.apart.isEmpty
        case .serverApart: return !facts.apartFromOthers.isEmpty
        case .deferred:
            return facts.scrape.waitingForOthers ?? 0 > 0 && facts.scrape.kvUsage ?? 1 < Self.highKV
        case .prefillStarves: return Self.starves(facts)
        // What follows speaks of its users.
        case _ where Self.isMostlyOwn(facts): return false
        case .hitRateFell: return Self.fell(facts) { $0.prefixHitRate }
        case .acceptanceFell: return Self.fell(facts) { $0.speculation?.acceptance }
        case .truncated: return (Self.truncatedShare(facts.fiveMinutes) ?? 0) > Self.mostTruncated
        case .cacheUseless:
            let figures = facts.fiveMinutes
            // Some say of a prompt's tokens only how many were found.
            guard let rate = figures.prefixHitRate,
                let queries = figures.prefixQueriesPerSecond ?? figures.promptTokensPerSecond,
                let elapsed = figures.elapsed
            else { return false }
            return rate < Self.uselessHitRate && queries * elapsed.inSeconds >= Self.fewTokens
        case .speculationUseless:
            guard facts.fiveMinutes.generatedTokens ?? 0 >= Self.fewGenerated else { return false }
            return facts.fiveMinutes.speculation?.length ?? .infinity < Self.uselessLength
        }
    }

    private static func isMostlyOwn(_ facts: WatchFacts) -> Bool {
        let own = facts.ownFiveMinutes.requests
        return own > 0 && Double(own) > mostOwn * (facts.fiveMinutes.ended ?? 0)
    }

    /// Somebody wants something of it, and no token moves; where that doesn't show before a request ends, somebody
    /// waits and none runs.
    private static func isStuck(_ figures: ServerFigures) -> Bool {
        guard let running = figures.running, running + (figures.waiting ?? 0) > 0 else { return false }
        guard !figures.tokensCountAtEnd, let generated = figures.generatedTokens else { return running == 0 }
        return generated + (figures.promptTokens ?? 0) == 0
    }

    private static func starves(_ facts: WatchFacts) -> Bool {
        guard facts.hour.elapsed ?? 0 >= shortHour,
            let slow = facts.minute.itl?.quantile(.p99)?.value,
            let usual = facts.hour.itl?.quantile(.p99)?.value,
            let computed = facts.minute.computedTokensPerSecond,
            let usually = facts.hour.computedTokensPerSecond
        else { return false }
        return slow > muchSlower * usual && computed > muchSlower * usually
    }

    private static func fell(_ facts: WatchFacts, _ share: (ServerFigures) -> Double?) -> Bool {
        guard facts.hour.elapsed ?? 0 >= shortHour, facts.fiveMinutes.ended ?? 0 >= fewAnswers,
            let now = share(facts.fiveMinutes), let usual = share(facts.hour)
        else { return false }
        return now < fallen * usual
    }

    static func truncatedShare(_ figures: ServerFigures) -> Double? {
        guard let finished = figures.finished else { return nil }
        let all = finished.reduce(0) { $0 + $1.count }
        guard all >= fewAnswers else { return nil }
        return finished.filter { $0.reason.text == "length" }.reduce(0) { $0 + $1.count } / all
    }
}
