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
    private var inputsSaid = 0
    private var cachedSaid = 0
    private var goodRequests = 0
    private var bufferedAnswers = 0
    private var refusedCounts = 0
    private var sources: Set<TokenSource> = []
    private var lastError: Shown?
    private(set) var times = WindowTimes()

    private var ttft = LatencyHistogram()
    private var tpot = LatencyHistogram()
    private var itl = LatencyHistogram()
    private var e2e = LatencyHistogram()
    private var connect = LatencyHistogram()
    private var tail = LatencyHistogram()
    private var burstPause = LatencyHistogram()
    private var sendLag = LatencyHistogram()
    private var timerLag = LatencyHistogram()
    private var readLag = LatencyHistogram()
    private var lagChange = LatencyHistogram()

    /// Tokens as the chunks have them, by the time of their arrival.
    private var bins: [Double] = []
    private var rawTokens = 0.0
    /// Those of them whose requests are still out.
    private var openTokens = 0.0
    private var finishedTokens = 0.0
    /// Over successful requests.
    private var counted = CountedTokens()
    /// nil where nothing is to be judged: of a warm-up, or without a budget.
    private var limits: LimitSamples?

    init(start: Moment, limits: LimitSamples? = nil) {
        self.start = start
        self.limits = limits
    }

    private func holds(_ moment: Moment) -> Bool {
        moment >= start && (end.map { moment < $0 } ?? true)
    }

    // MARK: Samples

    /// True when it belongs to the window.
    mutating func take(_ arrival: TokenArrival) -> Bool {
        guard holds(arrival.at) else { return false }
        let tokens = Double(arrival.tokens)
        if !arrival.isFirst {
            itl.record(arrival.gap)
            limits?.take(gap: arrival.gap, at: arrival.at)
        }
        rawTokens += tokens
        openTokens += tokens
        let bin = Int((arrival.at - start) / Self.binLength)
        guard bin < Self.mostBins else { return true }
        while bins.count <= bin { bins.append(0) }
        bins[bin] += tokens
        return true
    }

    /// - Parameters:
    ///   - tokens: the request's, as its chunks had them, in this window or not.
    ///   - inWindow: those of them that arrived in this window.
    mutating func take(
        _ request: RequestRecord, tokens: OpenRequest, inWindow: Int, budget: LatencyBudget?
    ) {
        let inWindow = Double(inWindow)
        openTokens -= inWindow
        let own = CountedTokens(of: request, chunks: tokens.all)
        counted.add(own)
        finishedTokens += inWindow * own.share
        guard holds(request.end), !request.wasCancelled else { return }
        limits?.take(request)
        if let failure = request.failure {
            failed += 1
            failures[failure.kind, default: 0] += 1
            lastError = failure.message
            return
        }
        completed += 1
        count(request)
        switch tokens.pattern.delivery {
        case .tooShort, .streamed: break
        case .atOnce: bufferedAnswers += 1
        case .inBursts(let pause):
            bufferedAnswers += 1
            burstPause.record(pause)
        }
        if let value = request.timeToFirstToken { ttft.record(value) }
        if let value = request.timePerOutputToken { tpot.record(Nanoseconds(value.rounded())) }
        if let value = request.endToEndLatency { e2e.record(value) }
        if let value = request.tail { tail.record(value) }
        if let value = request.connect { connect.record(value) }
        // What went out twice was late by the server's doing.
        if !request.resent { sendLag.record(request.sendLag) }
        if budget?.allows(request) == true { goodRequests += 1 }
    }

    /// The server's numbers: no sum of them can trap.
    private mutating func count(_ request: RequestRecord) {
        outputTokens.addClamped(request.outputTokens)
        if let input = request.inputTokens {
            inputTokens.addClamped(input)
            inputsSaid += 1
        }
        if let cached = request.cachedTokens {
            cachedTokens.addClamped(cached)
            cachedSaid += 1
        }
        if request.countRefused { refusedCounts += 1 }
        sources.insert(request.tokenSource)
    }

    mutating func takeLags(of batch: SampleBatch) {
        guard end == nil else { return }
        for lag in batch.timerLags { timerLag.record(lag) }
        for lag in batch.readLags { readLag.record(lag) }
        for change in batch.readLagChanges { lagChange.record(change) }
    }

    // MARK: Time

    mutating func take(_ now: UserTimes, since before: UserTimes, from: Moment, to: Moment) {
        times.add(now, since: before, in: stretch(from, to))
    }

    mutating func take(cpu: Nanoseconds, loop: UInt16, from: Moment, to: Moment) {
        times.add(cpu: cpu, loop: loop, in: stretch(from, to))
    }

    mutating func take(_ found: StandstillWatch.Found) {
        times.add(found, in: stretch(found.from, found.to))
    }

    private func stretch(_ from: Moment, _ to: Moment) -> WindowTimes.Stretch {
        WindowTimes.Stretch(from: from, to: to, windowStart: start, windowEnd: end)
    }

    // MARK: Figures

    /// Tokens that arrived in the window. Where the server counts only at the end of an answer, its count is
    /// spread evenly over the answer's chunks; what is still out is taken as its finished siblings were.
    private var tokens: Double {
        finishedTokens + openTokens * counted.share
    }

    /// Output throughput up to `moment`, tokens/s.
    func throughput(upTo moment: Moment) -> Estimate {
        let seconds = (moment - start).inSeconds
        guard seconds > 0 else { return Estimate(mean: 0, halfWidth: nil) }
        let mean = tokens / seconds
        guard let bins = wholeBins(upTo: moment) else { return Estimate(mean: mean, halfWidth: nil) }
        let estimate = BatchMeans.estimate(bins: bins, binLength: Self.binLength)
        let scale = rawTokens > 0 ? tokens / rawTokens : 1
        return Estimate(mean: mean, halfWidth: estimate.halfWidth.map { $0 * scale })
    }

    /// Bins are of chunks; only whole ones may tell of the spread. nil for more than a session can have.
    private func wholeBins(upTo moment: Moment) -> [Double]? {
        let whole = max(0, Int((moment - start) / Self.binLength))
        guard whole <= Self.mostBins else { return nil }
        let kept = bins.prefix(whole)
        return kept + Array(repeating: 0, count: whole - kept.count)
    }

    func result(
        endpoint: EndpointID, level: Int, load: Load, upTo moment: Moment, budget: LatencyBudget?
    ) -> LevelResult {
        let seconds = max((moment - start).inSeconds, 1e-9)
        var result = LevelResult(
            endpoint: endpoint, level: level, load: load, windowStart: start, windowEnd: moment,
            completed: completed, failed: failed, failures: failures, inputTokens: inputTokens,
            outputTokens: outputTokens, windowTokens: tokens, throughput: throughput(upTo: moment),
            requestThroughput: Double(completed) / seconds,
            goodput: budget?.judgesRequests == true ? Double(goodRequests) / seconds : nil,
            ttft: ttft.summary, tpot: tpot.summary, itl: itl.summary, e2e: e2e.summary,
            connect: connect.summary, tokenSources: sources.sorted { $0.rawValue < $1.rawValue },
            cachedTokens: cachedTokens)
        result.lag = lag
        result.lag.loopCPUShare = times.loopCPUShare(over: moment - start)
        result.inputsSaid = inputsSaid
        result.cachedSaid = cachedSaid
        result.tail = tail.summary
        result.occupancy = times.occupancy(over: moment - start)
        result.bufferedAnswers = bufferedAnswers
        result.burstPause = burstPause.count > 0 ? burstPause.summary.p50 : nil
        result.refusedCounts = refusedCounts
        result.stoodStill = times.stoodStill
        result.hung = times.hung
        result.drift = wholeBins(upTo: moment).flatMap {
            BatchMeans.drift(bins: $0, binLength: Self.binLength)
        }
        result.lastError = lastError
        return result
    }

    /// What they say of the budget's limits; dear, since it sorts.
    func findings(on result: LevelResult) -> [LimitFinding] { limits?.findings(on: result) ?? [] }

    private var lag: LagSummary {
        let (timer, read, send) = (timerLag.summary, readLag.summary, sendLag.summary)
        let change = lagChange.summary
        return LagSummary(
            timerP50: timer.percentile(.p50), timerP90: timer.percentile(.p90),
            timerP95: timer.percentile(.p95), timerP99: timer.percentile(.p99),
            readP50: read.percentile(.p50), readP90: read.percentile(.p90),
            readP95: read.percentile(.p95), readP99: read.percentile(.p99),
            sendP50: send.percentile(.p50), sendP90: send.percentile(.p90),
            sendP95: send.percentile(.p95), sendP99: send.percentile(.p99),
            changeP50: change.percentile(.p50), changeP90: change.percentile(.p90),
            changeP95: change.percentile(.p95), changeP99: change.percentile(.p99))
    }
}
