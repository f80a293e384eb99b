extension LevelResult {
    /// The same level with `trust` and `budgetHeld` filled in.
    package func judged(context: TrustContext) -> LevelResult {
        var judged = self
        judged.trust = TrustFlag.allCases.filter { applies($0, context) }
        judged.budgetHeld = context.budget == nil ? nil : judged.conclusion
        // Which requests kept a limit on TPOT can't be told behind a buffer.
        if judged.isBuffered, context.budget?.limitsTPOT == true { judged.goodput = nil }
        return judged
    }

    /// Whether the budget held. A server that went away has neither kept nor broken it.
    private var conclusion: Bool? {
        guard !failures.contains(where: { $0.key.meansGone && $0.value > 0 }) else { return nil }
        return switch findings.verdict {
        case .held: true
        case .broken: false
        case .undecided: nil
        }
    }

    /// More of its requests failed than can by chance at an error rate that is just allowed.
    package func fails(_ errorLimit: Double) -> Bool {
        let (failed, finished) = (Double(failed), Double(completed) + Double(failed))
        return failed > 0
            && IncompleteBeta.atLeast(failed, of: finished, share: errorLimit) <= LimitEvidence.risk
    }

    /// The window is not what was planned: where there is another level of the same load, that one counts.
    var isSpoiled: Bool {
        trust.contains { $0 == .cutShort || $0 == .serverRestarted || $0 == .clientStoodStill }
    }

    /// Too few for the percentiles that are shown of every level. That is no fault of theirs: it is said, but it
    /// is no flag.
    package var hasFewSamples: Bool { min(completed, ttft.count, e2e.count) < Percentile.p99.samplesNeeded }

    /// More than half of the answers, and at least three, came as if their stream had been held back. Bursts
    /// that lie no further apart than this program's own lag are its own.
    package var isBuffered: Bool {
        guard let bufferedAnswers, bufferedAnswers >= 3, Double(bufferedAnswers) > 0.5 * Double(completed)
        else { return false }
        guard let burstPause, let late = lag.loop(.p99) ?? lag.loop(.p50) else { return true }
        return burstPause > 10 * late
    }

    private func applies(_ flag: TrustFlag, _ context: TrustContext) -> Bool {
        switch flag {
        // Only a server that isn't there refuses connections: it had answered before.
        case .serverRestarted:
            context.window.serverRestarted || failures[.connectionRefused, default: 0] > 0
        case .errors: errorRate > context.errorLimit
        case .clientStoodStill: stoodStill ?? 0 > Standstill.least
        case .foreignLoad: telemetry?.foreign != nil
        case .cutShort: context.window.cutShort
        case .notRepeatable: context.isContradicted
        case .buffered: isBuffered
        case .countsRefused: refusedCounts ?? 0 > 0
        case .clientBound: isClientBound
        case .usersIdle: occupancy.map { $0.out < Self.busyShare * load.amount } ?? false
        case .tail: hasLongTail
        case .unsteady: isUnsteady(context)
        case .gpuThrottled: context.window.gpuThrottled
        case .mixedTokenSources: hasMixedTokenSources
        case .prefixCache: hasCacheHits(beyond: context.allowedCachedTokens)
        case .outputLength: isOff(outputTokens, from: context.askedOutputTokens, orTokens: 0.5)
        // As close as the calibration of prompts goes: 2 % or two tokens.
        case .inputLength:
            inputTokens > 0 && isOff(inputTokens, from: context.askedInputTokens, orTokens: 2)
        }
    }

    /// Held open for more than 5 % of what the answers take.
    private var hasLongTail: Bool {
        guard let tail = tail.knownMean, let e2e = e2e.knownMean else { return false }
        return tail > 0.05 * e2e
    }

    /// The server's own counts agree, once at the end or all along; those taken from chunks are another measure.
    private var hasMixedTokenSources: Bool {
        tokenSources.contains(where: \.isServers) && !tokenSources.allSatisfy(\.isServers)
    }

    /// More than 1 % of the prompts' tokens beyond what each may have.
    private func hasCacheHits(beyond allowed: Int) -> Bool {
        Double(cachedTokens) - Double(max(0, allowed)) * Double(completed) > 0.01 * Double(inputTokens)
    }

    /// The mean over the completed requests is off by more than 2 % and by more than so many tokens.
    private func isOff(_ tokens: Int, from asked: Int?, orTokens slack: Double) -> Bool {
        guard let asked, completed > 0 else { return false }
        let mean = Double(tokens) / Double(completed)
        return abs(mean - Double(asked)) > max(slack, 0.02 * Double(asked))
    }

    /// The wait for a steady level was given up, or the window's halves differ by more than they would by chance.
    private func isUnsteady(_ context: TrustContext) -> Bool {
        if !context.window.openedSteady { return true }
        guard let drift, let halfWidth = drift.halfWidth else { return false }
        return abs(drift.mean) > max(Self.mostDrift, halfWidth)
    }

    private static let mostDrift = 0.03
}
