/// What a server, or one of its engines, did over a span of time, by its own page. nil is what it doesn't say: never 0.
package struct ServerFigures: Hashable, Sendable {
    /// How much time lies between the two readings that these are made of; nil where there was only one: then
    /// nothing is known but what is so now.
    package var elapsed: Nanoseconds?

    // MARK: Now

    package var running: Double?
    package var waiting: Double?
    package var waitingForCapacity: Double?
    /// For a LoRA slot, a KV transfer, a grammar: not for room.
    package var waitingForOthers: Double?
    /// From 0 to 1.
    package var kvUsage: Double?
    package var isAsleep: Bool?
    package var kvCapacityTokens: Double?
    /// How many requests of full length fit, as the server itself reckons.
    package var ownConcurrencyGuess: Double?
    /// How long it took to get the page.
    package var scrapeSeconds: Double?

    // MARK: Over the span

    /// The mean of those running and waiting: what stands beside a load line.
    package var meanLoad: Double?
    package var meanWaiting: Double?
    package var peakWaiting: Double?
    package var peakKVUsage: Double?
    package var promptTokensPerSecond: Double?
    /// Of those, what had to be computed, and what a cache had.
    package var computedTokensPerSecond: Double?
    package var cachedTokensPerSecond: Double?
    package var generationTokensPerSecond: Double?
    /// The tokens themselves, for what is reckoned per token.
    package var generatedTokens: Double?
    /// They are counted when a request ends, not as they come: no growth says nothing.
    package var tokensCountAtEnd = false
    package var promptTokens: Double?
    package var requestsPerSecond: Double?
    /// How many ended, and how many of them in an error.
    package var ended: Double?
    package var errors: Double?
    /// How many ended, and why, the most frequent first.
    package var finished: [FinishCount]?
    package var errorsPerSecond: Double?
    /// Of all requests that ended.
    package var errorShare: Double?
    /// 4xx: the client's own fault.
    package var clientErrorsPerSecond: Double?
    package var rejectionsPerSecond: Double?
    package var failedTransfersPerSecond: Double?
    /// Tokens looked up in the prefix cache, a second, and which share of them was there.
    package var prefixQueriesPerSecond: Double?
    package var prefixHitRate: Double?
    package var preemptionsPerSecond: Double?
    package var speculation: Speculation?
    /// Requests computed together in a step, on average.
    package var meanBatch: Double?
    package var ttft: LatencyFigures?
    package var itl: LatencyFigures?
    package var tpot: LatencyFigures?
    package var e2e: LatencyFigures?
    package var queue: LatencyFigures?
    package var prefill: LatencyFigures?
    package var decode: LatencyFigures?
    /// Tokens a request.
    package var promptLength: LatencyFigures?
    package var generationLength: LatencyFigures?

    package init() {}
}

/// A latency by a server's own histogram, in nanoseconds (or a length, in tokens).
package struct LatencyFigures: Hashable, Sendable {
    package var count: Double
    /// Exact: of the histogram's sum and count. nil without any.
    package var mean: Double?
    /// nil where engines have different buckets: then only the mean can be told.
    package var buckets: BucketCounts?

    package init(count: Double, mean: Double?, buckets: BucketCounts?) {
        self.count = count
        self.mean = mean
        self.buckets = buckets
    }

    package func quantile(_ percentile: Percentile) -> BucketQuantile? {
        buckets?.quantile(Double(percentile.rawValue) / 100)
    }
}

/// How well drafts were guessed.
package struct Speculation: Hashable, Sendable {
    /// Accepted of drafted tokens.
    package var acceptance: Double?
    /// Tokens that a step yields on average: 1 without any accepted.
    package var length: Double?
    /// The share of drafts whose token at this position was accepted, from the first.
    package var byPosition: [Double]

    package init(acceptance: Double?, length: Double?, byPosition: [Double]) {
        self.acceptance = acceptance
        self.length = length
        self.byPosition = byPosition
    }
}

/// Requests that ended for one reason.
package struct FinishCount: Hashable, Sendable {
    package var reason: Shown
    package var count: Double

    package init(reason: Shown, count: Double) {
        self.reason = reason
        self.count = count
    }
}

/// How far back figures reach.
package enum FigureSpan: String, Hashable, Sendable, CaseIterable {
    case scrape
    case minute
    case fiveMinutes
    case session

    /// nil: to where it is.
    package var length: Nanoseconds? {
        switch self {
        case .minute: 60 * .second
        case .fiveMinutes: 300 * .second
        case .scrape, .session: nil
        }
    }
}
