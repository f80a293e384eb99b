/// What a window's samples say of one limit, and with which certainty.
///
/// Samples are correlated: a batch server answers many users in one rhythm, and a plain order-statistic interval
/// would call a limit held in half of the cases in which the truth lies exactly on it. So the window is cut into
/// eight blocks, and by how much more these differ than independent samples would, the samples count for less.
/// The constants were found by simulation, for windows of twelve generations of answers and more; see
/// `LimitEvidenceTests`.
package struct LimitEvidence: Hashable, Sendable, Codable {
    /// The quantile, the mean or the share as measured; nil where nothing came.
    package var value: Double?
    /// Answers, gaps or finished requests that it is of.
    package var samples: Int
    /// Of those, the ones at or over the limit.
    package var beyond: Int
    /// So many samples are worth one independent one.
    package var clumping: Double
    /// Of a mean: its standard error.
    package var standardError: Double?
    /// How many times over an answer's mean latency goes into the window; nil where no answer came.
    package var generations: Double?
    /// The limits that would be undecided; nil for a share of failures, and where nothing came.
    package var undecided: UndecidedLimits?

    package init(
        value: Double? = nil, samples: Int, beyond: Int, clumping: Double, standardError: Double? = nil,
        generations: Double? = nil
    ) {
        self.value = value
        self.samples = samples
        self.beyond = beyond
        self.clumping = clumping
        self.standardError = standardError
        self.generations = generations
    }

    /// Nothing is known.
    static let none = LimitEvidence(samples: 0, beyond: 0, clumping: 1)

    /// A verdict is looked for three times: at the dwell's end, at twice and at four times the dwell.
    static let risk = 0.05 / 3
    static let blocks = 8
    /// Eight blocks estimate the clumping with an error of their own (t with seven degrees of freedom).
    static let widening = 1.33
    /// Student's t with seven degrees of freedom at 1 − `risk`, one-sided.
    static let factorOfMeans = 2.641_86
    /// Where the window holds fewer, eight blocks can't tell.
    static let fewestGenerations = 12.0
    /// In so short a window only what lies this far off the limit is certain.
    static let clearlyBelow = 0.7
    static let clearlyBeyond = 1.4

    // MARK: The rule

    package func verdict(on limit: LatencyBudget.Limit) -> BudgetVerdict {
        guard samples > 0, let value else { return .undecided }
        if isBelow(limit), !isShort || value <= Self.clearlyBelow * limit.below { return .held }
        if isBeyond(limit), !isShort || value >= Self.clearlyBeyond * limit.below { return .broken }
        return .undecided
    }

    var isShort: Bool { generations.map { $0 < Self.fewestGenerations } ?? true }

    private func isBelow(_ limit: LatencyBudget.Limit) -> Bool {
        guard let share = limit.shareBeyond else {
            guard let value, let standardError else { return false }
            return value + Self.factorOfMeans * standardError < limit.below
        }
        let (trials, hits) = (Double(samples) / clumping, Double(beyond) / clumping)
        return IncompleteBeta.atMost(hits, of: trials, share: share) <= Self.risk
    }

    private func isBeyond(_ limit: LatencyBudget.Limit) -> Bool {
        guard let share = limit.shareBeyond else {
            guard let value, let standardError else { return false }
            return value - Self.factorOfMeans * standardError >= limit.below
        }
        let (trials, hits) = (Double(samples) / clumping, Double(beyond) / clumping)
        return beyond > 0 && IncompleteBeta.atLeast(hits, of: trials, share: share) <= Self.risk
    }

    // MARK: A longer window

    /// What a window so many times as long would say, if it went on as it went so far.
    package func verdict(on limit: LatencyBudget.Limit, after factor: Double) -> BudgetVerdict {
        scaled(by: factor).verdict(on: limit)
    }

    /// Whether a window so many times as long may decide it: where it goes on as it went so far, or where nothing more
    /// passes the limit and the rest comes in no rhythm.
    package func canDecide(_ limit: LatencyBudget.Limit, after factor: Double) -> Bool {
        var longer = scaled(by: factor)
        if longer.verdict(on: limit) != .undecided { return true }
        longer.beyond = beyond
        longer.clumping = min(clumping, Self.widening)
        longer.standardError = longer.standardError.map { $0 / 2 }
        return longer.verdict(on: limit) != .undecided
    }

    private func scaled(by factor: Double) -> LimitEvidence {
        var longer = self
        longer.samples = Int(min(Double(samples) * factor, 1e15))
        longer.beyond = Int(min(Double(beyond) * factor, 1e15).rounded())
        longer.standardError = standardError.map { $0 / factor.squareRoot() }
        longer.generations = generations.map { $0 * factor }
        return longer
    }
}

extension LatencyBudget.Limit {
    /// The share of the samples that may lie at the limit or beyond; nil for a mean, which has no such share.
    var shareBeyond: Double? {
        switch metric.statistic {
        case .percentile(let percentile): 1 - Double(percentile.rawValue) / 100
        case .mean: nil
        case nil: below
        }
    }
}

extension TimedSamples {
    /// - Parameters:
    ///   - value: the figure that is shown.
    ///   - window: its length goes into eight blocks.
    ///   - generations: how many times over an answer's mean latency goes into the window.
    func evidence(
        on limit: LatencyBudget.Limit, value: Double?, from start: Moment, to end: Moment,
        generations: Double?
    ) -> LimitEvidence {
        guard !samples.isEmpty, end > start else { return .none }
        var evidence = LimitEvidence(
            value: value, samples: samples.count, beyond: 0, clumping: 1, generations: generations)
        let places = samples.map { sample in
            let share = Double(sample.at - start) / Double(end - start)
            return min(max(0, Int(share * Double(LimitEvidence.blocks))), LimitEvidence.blocks - 1)
        }
        guard let share = limit.shareBeyond else {
            evidence.standardError = standardError(places)
            evidence.undecided = evidence.standardError.map { evidence.undecidedLimits(standardError: $0) }
            return evidence
        }
        // A failure is a 1: what lies over any share of failures is each of them.
        let isFailures = limit.metric == .error
        let threshold = isFailures ? 1 : limit.below
        evidence.beyond = samples.count { $0.value >= threshold }
        var clumpings = [1.0]
        if !isFailures {
            let ordered = samples.map(\.value).sorted()
            for quantile in [0.5, 1 - share] {
                let rank = Int((quantile * Double(ordered.count)).rounded(.up)) - 1
                let edge = ordered[min(max(0, rank), ordered.count - 1)]
                clumpings.append(clumping(places) { $0 > edge })
            }
            evidence.undecided = evidence.undecidedLimits(
                share: share, ordered: ordered, clumping: LimitEvidence.widening * (clumpings.max() ?? 1))
        }
        if evidence.beyond >= 5, evidence.beyond <= samples.count - 5 {
            clumpings.append(clumping(places) { $0 >= threshold })
        }
        evidence.clumping = LimitEvidence.widening * (clumpings.max() ?? 1)
        return evidence
    }

    /// By how much more the blocks' shares of samples that are so differ than they would by chance.
    private func clumping(_ places: [Int], _ isSo: (Double) -> Bool) -> Double {
        var all = [Double](repeating: 0, count: LimitEvidence.blocks)
        var hits = all
        for (place, sample) in zip(places, samples) {
            all[place] += 1
            if isSo(sample.value) { hits[place] += 1 }
        }
        let count = Double(samples.count)
        let share = hits.reduce(0, +) / count
        guard share > 0, share < 1 else { return 1 }
        let squares = zip(all, hits).reduce(0) { sum, block in
            let off = block.1 - share * block.0
            return sum + off * off
        }
        return Self.blockFactor * squares / count / (share * (1 - share))
    }

    /// nil where a block has no sample.
    private func standardError(_ places: [Int]) -> Double? {
        var all = [Double](repeating: 0, count: LimitEvidence.blocks)
        var sums = all
        for (place, sample) in zip(places, samples) {
            all[place] += 1
            sums[place] += sample.value
        }
        guard all.allSatisfy({ $0 > 0 }) else { return nil }
        let count = Double(samples.count)
        let mean = sums.reduce(0, +) / count
        let squares = zip(all, sums).reduce(0) { sum, block in
            let off = block.1 - mean * block.0
            return sum + off * off
        }
        return (Self.blockFactor * squares).squareRoot() / count
    }

    private static var blockFactor: Double {
        Double(LimitEvidence.blocks) / Double(LimitEvidence.blocks - 1)
    }
}
