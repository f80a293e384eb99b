import Measure

/// One event loop's part of the truth.
struct TruthLedger: Sendable {
    let keptRequests: Int
    private(set) var totals = TruthTotals()
    private(set) var lag = LagHistogram()
    private(set) var requests: [RequestTruth] = []
    var since: Moment

    init(keptRequests: Int, since: Moment) {
        self.keptRequests = keptRequests
        self.since = since
    }

    mutating func countRequest() { totals.requests += 1 }
    mutating func countPrompt(_ tokens: Int) { totals.promptTokens += tokens }

    mutating func countChunk(tokens: Int, lag: Nanoseconds) {
        totals.chunks += 1
        totals.outputTokens += tokens
        self.lag.record(lag)
    }

    mutating func close(_ request: RequestTruth) {
        switch request.outcome {
        case .finished:
            totals.finished += 1
            totals.finishedPromptTokens += request.promptTokens
            totals.finishedOutputTokens += request.outputTokens
        case .faulted: totals.faulted += 1
        case .rejected: totals.rejected += 1
        case .aborted: totals.aborted += 1
        }
        requests.append(request)
        // Thrown away by halves, so that it costs little.
        if requests.count > 2 * keptRequests + 1 { requests.removeFirst(requests.count - keptRequests) }
    }

    mutating func add(_ other: TruthLedger) {
        totals.add(other.totals)
        lag.add(other.lag)
        requests += other.requests
        since = min(since, other.since)
    }

    mutating func reset(at moment: Moment) {
        self = TruthLedger(keptRequests: keptRequests, since: moment)
    }
}

extension TruthLedger {
    static func ended(after moment: Moment, in requests: [RequestTruth]) -> [RequestTruth] {
        requests.filter { $0.ended > moment }
    }
}
