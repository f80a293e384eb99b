import Measure

/// The samples of one level between two moments: first of its warm-up, then of its measuring window.
/// Memory is bounded by the window's length, not by tokens.
struct Window: Sendable {
    static let binLength = 100 * Nanoseconds.millisecond
    /// A window of more, some 29 hours, has no interval: memory must not follow whatever time a recording names.
    static let mostBins = 1 << 20

    let start: Moment
    /// Set once the window is closed; samples from there on are not its own.
    var end: Moment?

    private(set) var completed = 0
    private(set) var failed = 0
    private var failures: [FailureKind: Int] = [:]
    private var inputTokens = 0
    private var outputTokens = 0
    private var cachedTokens = 0
    private var goodRequests = 0
    private var sources: Set<TokenSource> = []
    private var e2eSum = 0.0

    private var ttft = LatencyHistogram()
    private var tpot = LatencyHistogram()
    private var itl = LatencyHistogram()
    private var e2e = LatencyHistogram()
    private var connect = LatencyHistogram()
    private var sendLag = LatencyHistogram()
    private var timerLag = LatencyHistogram()
    private var readLag = LatencyHistogram()

    /// Tokens as the chunks have them, by the time of their arrival.
    private var bins: [Double] = []
    private var rawTokens = 0.0
    /// Those of them whose requests are still out.
    private var openTokens = 0.0
    private var finishedTokens = 0.0
    // Over successful requests with a count of the server's: as counted, and as the chunks had it.
    private var countedByServer = 0.0
    private var countedByChunks = 0.0

    init(start: Moment) { self.start = start }

    private func holds(_ moment: Moment) -> Bool {
        moment >= start && (end.map { moment < $0 } ?? true)
    }

    // MARK: Samples

    /// True when it belongs to the window.
    mutating func take(_ arrival: TokenArrival) -> Bool {
        guard holds(arrival.at) else { return false }
        let tokens = Double(arrival.tokens)
        if !arrival.isFirst { itl.record(arrival.gap) }
        rawTokens += tokens
        openTokens += tokens
        let bin = Int((arrival.at - start) / Self.binLength)
        guard bin < Self.mostBins else { return true }
        while bins.count <= bin { bins.append(0) }
        bins[bin] += tokens
        return true
    }

    /// - Parameters:
    ///   - chunkTokens: the request's tokens as its chunks had them, in this window or not.
    ///   - inWindow: those of them that arrived in this window.
    mutating func take(_ request: RequestRecord, chunkTokens: Int, inWindow: Int, budget: LatencyBudget?) {
        let inWindow = Double(inWindow)
        openTokens -= inWindow
        var share = 1.0
        if request.succeeded, request.tokenSource == .usage, chunkTokens > 0 {
            share = Double(request.outputTokens) / Double(chunkTokens)
            countedByServer += Double(request.outputTokens)
            countedByChunks += Double(chunkTokens)
        }
        finishedTokens += inWindow * share
        guard holds(request.end), !request.wasCancelled else { return }
        if let failure = request.failure {
            failed += 1
            failures[failure.kind, default: 0] += 1
            return
        }
        completed += 1
        inputTokens += request.inputTokens ?? 0
        outputTokens += request.outputTokens
        cachedTokens += request.cachedTokens ?? 0
        sources.insert(request.tokenSource)
        if let value = request.timeToFirstToken { ttft.record(value) }
        if let value = request.timePerOutputToken { tpot.record(Nanoseconds(value.rounded())) }
        if let value = request.endToEndLatency {
            e2e.record(value)
            e2eSum += value.inSeconds
        }
        if let value = request.connect { connect.record(value) }
        // What went out twice was late by the server's doing.
        if !request.resent { sendLag.record(request.sendLag) }
        if budget?.allows(request) == true { goodRequests += 1 }
    }

    mutating func take(timerLags: [Nanoseconds], readLags: [Nanoseconds]) {
        guard end == nil else { return }
        for lag in timerLags { timerLag.record(lag) }
        for lag in readLags { readLag.record(lag) }
    }

    // MARK: Figures

    /// Tokens that arrived in the window. Where the server counts only at the end of an answer, its count is
    /// spread evenly over the answer's chunks; what is still out is taken as its finished siblings were.
    private var tokens: Double {
        finishedTokens + openTokens * (countedByChunks > 0 ? countedByServer / countedByChunks : 1)
    }

    /// Output throughput up to `moment`, tokens/s.
    func throughput(upTo moment: Moment) -> Estimate {
        let seconds = (moment - start).inSeconds
        guard seconds > 0 else { return Estimate(mean: 0, halfWidth: nil) }
        let mean = tokens / seconds
        // Bins are of chunks; only whole ones may tell of the spread.
        let whole = min(bins.count, Int((moment - start) / Self.binLength))
        var padded = Array(bins.prefix(whole))
        let expected = Int((moment - start) / Self.binLength)
        guard expected <= Self.mostBins else { return Estimate(mean: mean, halfWidth: nil) }
        if padded.count < expected { padded += Array(repeating: 0, count: expected - padded.count) }
        let estimate = BatchMeans.estimate(bins: padded, binLength: Self.binLength)
        let scale = rawTokens > 0 ? tokens / rawTokens : 1
        return Estimate(mean: mean, halfWidth: estimate.halfWidth.map { $0 * scale })
    }

    func result(
        endpoint: EndpointID, level: Int, users: Int, upTo moment: Moment, budget: LatencyBudget?
    ) -> LevelResult {
        let seconds = max((moment - start).inSeconds, 1e-9)
        var result = LevelResult(
            endpoint: endpoint, level: level, concurrency: users, windowStart: start, windowEnd: moment,
            completed: completed, failed: failed, failures: failures, inputTokens: inputTokens,
            outputTokens: outputTokens, windowTokens: tokens, throughput: throughput(upTo: moment),
            requestThroughput: Double(completed) / seconds,
            goodput: budget == nil ? nil : Double(goodRequests) / seconds, ttft: ttft.summary,
            tpot: tpot.summary, itl: itl.summary, e2e: e2e.summary, connect: connect.summary,
            tokenSources: sources.sorted { $0.rawValue < $1.rawValue }, cachedTokens: cachedTokens)
        result.lag = lag
        if completed > 0, users > 0 {
            result.littlesLawRatio = e2eSum / seconds / Double(users)
        }
        return result
    }

    private var lag: LagSummary {
        let (timer, read, send) = (timerLag.summary, readLag.summary, sendLag.summary)
        return LagSummary(
            timerP50: timer.percentile(.p50), timerP99: timer.percentile(.p99),
            readP99: read.percentile(.p99),
            sendP50: send.percentile(.p50), sendP99: send.percentile(.p99))
    }
}
