import Measure

/// Figures of some rows between two points.
struct FigureMaker {
    let history: ServerHistory
    let rows: [Int]
    let base: ServerHistory.Point?
    let point: ServerHistory.Point
    /// The points behind the base, up to the last one.
    let between: [ServerHistory.Point]

    var figures: ServerFigures {
        var figures = ServerFigures()
        setGauges(&figures)
        guard let base else { return figures }
        figures.elapsed = point.at - base.at
        setTokens(&figures)
        setRequests(&figures)
        setCaches(&figures)
        figures.speculation = speculation
        figures.ttft = latency(.ttft)
        figures.itl = latency(.itl)
        figures.tpot = latency(.tpot)
        figures.e2e = latency(.e2e)
        figures.queue = latency(.queue)
        figures.prefill = latency(.prefill)
        figures.decode = latency(.decode)
        figures.promptLength = latency(.promptLength)
        figures.generationLength = latency(.generationLength)
        return figures
    }

    // MARK: Of columns

    /// What came to it in between.
    private func growth(_ row: Int, _ kind: PageColumns.Column.Kind) -> Double? {
        history.columns.known(row, kind).flatMap { growth($0) }
    }

    private func growth(_ column: Int) -> Double? {
        guard let base, column < point.totals.count, !point.totals[column].isNaN else { return nil }
        // It came up later than the base: from 0.
        guard column < base.totals.count else { return point.totals[column] }
        return base.totals[column].isNaN ? nil : point.totals[column] - base.totals[column]
    }

    private func growth(_ counter: Counter) -> Double? { sum { growth($0, .counter(counter)) } }

    /// nil when none of the rows says anything.
    private func sum(_ value: (Int) -> Double?) -> Double? {
        let known = rows.compactMap(value)
        return known.isEmpty ? nil : known.reduce(0, +)
    }

    private func rate(_ growth: Double?) -> Double? {
        guard let growth, let base else { return nil }
        return growth / (point.at - base.at).inSeconds
    }

    private func now(_ gauge: Gauge) -> Double? {
        gauge.addsUp ? sum { now($0, gauge) } : most { now($0, gauge) }
    }

    private func now(_ row: Int, _ gauge: Gauge) -> Double? { Self.value(point.gauges, row, gauge) }

    private func most(_ value: (Int) -> Double?) -> Double? { rows.compactMap(value).max() }

    private static func value(_ gauges: [Double], _ row: Int, _ gauge: Gauge) -> Double? {
        let index = row * Gauge.allCases.count + gauge.rawValue
        guard index < gauges.count, !gauges[index].isNaN else { return nil }
        return gauges[index]
    }

    /// Over the span, of all rows.
    func mean(_ gauge: Gauge) -> Double? { sum { mean($0, gauge) } }

    private func mean(_ row: Int, _ gauge: Gauge) -> Double? {
        guard let integral = growth(row, .integral(gauge)), let time = growth(row, .known(gauge)), time > 0
        else {
            return nil
        }
        return integral / time
    }

    private func peak(_ gauge: Gauge) -> Double? {
        var peak: Double?
        for element in between {
            var whole: Double?
            for row in rows {
                guard let value = Self.value(element.peaks, row, gauge) else { continue }
                whole = whole.map { gauge.addsUp ? $0 + value : max($0, value) } ?? value
            }
            if let whole { peak = max(peak ?? whole, whole) }
        }
        return peak
    }

    // MARK: Figures

    private func setGauges(_ figures: inout ServerFigures) {
        figures.running = now(.running)
        figures.waiting = now(.waiting)
        figures.waitingForCapacity = now(.waitingForCapacity)
        figures.waitingForOthers = now(.waitingForOthers)
        figures.kvUsage = now(.kvUsage)
        // One that is awake is enough.
        figures.isAsleep = now(.awake).map { $0 == 0 }
        figures.kvCapacityTokens = now(.kvCapacityTokens)
        figures.ownConcurrencyGuess = now(.ownConcurrencyGuess)
        figures.scrapeSeconds = now(.scrapeSeconds)
        figures.peakWaiting = peak(.waiting)
        figures.peakKVUsage = peak(.kvUsage)
        if let running = mean(.running), let waiting = mean(.waiting) {
            figures.meanLoad = running + waiting
            figures.meanWaiting = waiting
        }
    }

    private func setTokens(_ figures: inout ServerFigures) {
        figures.generatedTokens = growth(.generated)
        figures.tokensCountAtEnd = history.columns.tokensCountAtEnd
        figures.promptTokens = growth(.prompt)
        figures.promptTokensPerSecond = rate(growth(.prompt))
        figures.generationTokensPerSecond = rate(growth(.generated)) ?? now(.generationSpeed)
        // Servers that count all tokens and the cached ones leave the rest to be computed.
        let cached = growth(.cached) ?? (growth(.prompt) != nil ? growth(.prefixHits) : nil)
        let rest = growth(.prompt).flatMap { all in cached.map { max(0, all - $0) } }
        figures.cachedTokensPerSecond = rate(cached)
        figures.computedTokensPerSecond = rate(growth(.computed) ?? rest)
    }

    private func setRequests(_ figures: inout ServerFigures) {
        let finished = finished
        let answered = finished?.filter { !Self.isFailure($0.reason) }
        // Where nothing says why requests ended well, they are counted all the same.
        let others = answered?.isEmpty ?? true ? growth(.ended) : nil
        let total =
            finished == nil && others == nil
            ? nil : (finished ?? []).reduce(0) { $0 + $1.count } + (others ?? 0)
        figures.finished = finished
        figures.requestsPerSecond = rate(total)
        let failed = finished?.first { $0.reason.text == "error" }?.count
        let refused = growth(.rejected)
        let served = growth(.httpResponses(.serverError))
        // What the engine gave up and what it refused is a 5xx of the server before it, mostly.
        let own = failed == nil && refused == nil ? nil : (failed ?? 0) + (refused ?? 0)
        let errors = [own, served ?? (hasResponses ? 0 : nil)].compactMap(\.self).max()
        figures.ended = total
        figures.errors = errors
        figures.errorsPerSecond = rate(errors)
        if let errors, let total {
            figures.errorShare = max(total, errors) > 0 ? errors / max(total, errors) : nil
        }
        figures.clientErrorsPerSecond =
            rate(growth(.httpResponses(.clientError)) ?? (hasResponses ? 0 : nil))
        figures.rejectionsPerSecond = rate(refused)
        figures.failedTransfersPerSecond = rate(growth(.failedTransfers))
    }

    /// A class of answers that has never come has no series yet.
    private var hasResponses: Bool { growth(.httpResponses(.fine)) != nil }

    private static func isFailure(_ reason: Shown) -> Bool { ["abort", "error"].contains(reason.text) }

    private var finished: [FinishCount]? {
        var counts: [String: Double] = [:]
        for (row, reason, column) in history.columns.endings where rows.contains(row) {
            guard let count = growth(column) else { continue }
            counts[reason, default: 0] += count
        }
        guard !counts.isEmpty else { return nil }
        return counts.map { FinishCount(reason: Shown(recorded: $0.key), count: $0.value) }
            .sorted { ($1.count, $0.reason.text) < ($0.count, $1.reason.text) }
    }

    private func setCaches(_ figures: inout ServerFigures) {
        let queries = growth(.prefixQueries)
        figures.prefixQueriesPerSecond = rate(queries)
        if let queries, queries > 0, let hits = growth(.prefixHits) {
            figures.prefixHitRate = min(1, hits / queries)
        } else if queries == nil {
            figures.prefixHitRate = cachedShare ?? now(.hitRate)
        }
        figures.preemptionsPerSecond = rate(growth(.preemptions))
        if let steps = growth(.decodeSteps), steps > 0, let busy = growth(.busySlotSteps), busy >= 0 {
            figures.meanBatch = busy / steps
        }
    }

    private var cachedShare: Double? {
        guard let cached = growth(.cached), let all = growth(.prompt), all > 0 else { return nil }
        return min(1, cached / all)
    }

    private var speculation: Speculation? {
        let drafts = growth(.drafts)
        let tokens = growth(.draftTokens)
        let accepted = growth(.acceptedTokens)
        guard tokens ?? 0 > 0 || drafts ?? 0 > 0 else {
            // There are counters, and nothing was drafted.
            guard tokens == nil, drafts == nil else { return nil }
            let (rate, length) = (now(.acceptanceRate), now(.acceptedLength))
            guard rate ?? 0 > 0 || length ?? 0 > 0 else { return nil }
            return Speculation(acceptance: rate, length: length, byPosition: [])
        }
        func share(_ part: Double?, _ whole: Double?) -> Double? {
            guard let part, let whole, whole > 0 else { return nil }
            return part / whole
        }
        let byPosition = (0..<64).lazy.map { growth(.acceptedAt($0)) }.prefix { $0 != nil }
            .compactMap { share($0, drafts) }
        return Speculation(
            acceptance: share(accepted, tokens) ?? now(.acceptanceRate),
            length: share(accepted, drafts).map { $0 + 1 } ?? now(.acceptedLength),
            byPosition: Array(byPosition))
    }

    // MARK: Histograms

    private func latency(_ timing: Timing) -> LatencyFigures? {
        let counted = rows.filter { growth($0, .count(timing)) != nil }
        guard let count = sum({ growth($0, .count(timing)) }) else { return nil }
        let total = sum { growth($0, .sum(timing)) }
        var buckets: BucketCounts?
        for (place, row) in counted.enumerated() {
            guard let own = self.buckets(row, timing) else { return figures(count, total, nil) }
            guard place > 0 else {
                buckets = own
                continue
            }
            buckets = buckets?.merged(with: own)
        }
        return figures(count, total, buckets)
    }

    private func figures(_ count: Double, _ total: Double?, _ buckets: BucketCounts?) -> LatencyFigures {
        LatencyFigures(count: count, mean: total.flatMap { count > 0 ? $0 / count : nil }, buckets: buckets)
    }

    private func buckets(_ row: Int, _ timing: Timing) -> BucketCounts? {
        guard let layout = history.columns.layouts[.init(row: row, timing: timing)] else { return nil }
        var counts: [Double] = []
        var below = 0.0
        for column in layout.columns {
            guard let upTo = growth(column) else { return nil }
            counts.append(max(0, upTo - below))
            below = max(below, upTo)
        }
        return BucketCounts(bounds: layout.bounds, counts: counts)
    }
}
