/// How much of what a server did over a span was within a limit: an objective, held against the server's own buckets.
package struct Attainment: Hashable, Sendable {
    package enum Verdict: String, Hashable, Sendable, Codable {
        case held
        case broken
        /// The limit lies inside a bucket that decides, or too few answers came to call it broken, or the server
        /// doesn't say.
        case undecided
        /// Nothing was asked of it: no failure.
        case idle
    }

    package var limit: LatencyBudget.Limit
    /// Between which shares the answers within it lie; nil where there were none or nothing is said of them.
    package var share: ClosedRange<Double>?
    package var answers: Double
    package var verdict: Verdict

    package init(limit: LatencyBudget.Limit, share: ClosedRange<Double>?, answers: Double, verdict: Verdict) {
        self.limit = limit
        self.share = share
        self.answers = answers
        self.verdict = verdict
    }
}

extension LatencyBudget {
    /// Each limit, held against what a server did: over the last minute, as a rule.
    ///
    /// - Parameter own: how many of the answers may be to this program itself. A server that answered nobody else is
    ///   idle.
    package func attainments(in figures: ServerFigures, own: Int = 0) -> [Attainment] {
        limits.map { limit in
            let all = limit.attainment(in: figures)
            guard all.answers > 0, all.answers <= Double(own) else { return all }
            return Attainment(limit: limit, share: nil, answers: 0, verdict: .idle)
        }
    }

    /// All of it: one limit that is broken breaks it, and one that can't be told leaves it open.
    package static func verdict(of attainments: [Attainment]) -> Attainment.Verdict {
        for verdict in [Attainment.Verdict.broken, .undecided, .held]
        where attainments.contains(where: { $0.verdict == verdict }) {
            return verdict
        }
        return .idle
    }
}

extension LatencyBudget.Limit {
    /// So many errors are no accident, however few requests there were.
    private static let manyErrors = 5.0
    /// One answer that is slow makes a mean of a few.
    private static let enoughForMean = 10.0

    fileprivate func attainment(in figures: ServerFigures) -> Attainment {
        guard let statistic = metric.statistic else { return errorAttainment(in: figures) }
        guard let latency = metric.latency(in: figures) else {
            return Attainment(limit: self, share: nil, answers: 0, verdict: figures.verdictOfNothing)
        }
        guard latency.count > 0 else {
            return Attainment(limit: self, share: nil, answers: 0, verdict: .idle)
        }
        let share = latency.buckets?.share(below: below)
        return Attainment(
            limit: self, share: share, answers: latency.count,
            verdict: verdict(statistic, mean: latency.mean, share: share, answers: latency.count))
    }

    private func verdict(
        _ statistic: LatencyBudget.Statistic, mean: Double?, share: ClosedRange<Double>?, answers: Double
    ) -> Attainment.Verdict {
        switch statistic {
        case .mean:
            guard let mean else { return .undecided }
            if mean < below { return .held }
            return answers >= Self.enoughForMean ? .broken : .undecided
        case .percentile(let percentile):
            let wanted = Double(percentile.rawValue) / 100
            guard let share else { return .undecided }
            if share.lowerBound >= wanted { return .held }
            let isEnough = answers >= Double(percentile.samplesNeeded)
            return share.upperBound < wanted && isEnough ? .broken : .undecided
        }
    }

    private func errorAttainment(in figures: ServerFigures) -> Attainment {
        guard let ended = figures.ended, let errors = figures.errors else {
            return Attainment(limit: self, share: nil, answers: 0, verdict: figures.verdictOfNothing)
        }
        let answers = max(ended, errors)
        guard answers > 0 else { return Attainment(limit: self, share: nil, answers: 0, verdict: .idle) }
        let share = 1 - errors / answers
        // Fewer than would let one error pass.
        let isEnough = answers * below >= 1 || errors >= Self.manyErrors
        return Attainment(
            limit: self, share: share...share, answers: answers,
            verdict: errors / answers < below ? .held : isEnough ? .broken : .undecided)
    }
}

extension ServerFigures {
    /// Of a server that doesn't say how it answers it may still be known that it was asked nothing.
    fileprivate var verdictOfNothing: Attainment.Verdict {
        meanLoad == 0 && generatedTokens ?? 0 == 0 && ended ?? 0 == 0 ? .idle : .undecided
    }
}

extension LatencyBudget.Metric {
    fileprivate func latency(in figures: ServerFigures) -> LatencyFigures? {
        switch self {
        case .ttft: figures.ttft
        case .tpot: figures.tpot
        case .itl: figures.itl
        case .e2e: figures.e2e
        case .error: nil
        }
    }
}
