extension LevelResult {
    /// The same level with `trust` and `budgetHeld` filled in.
    public func judged(context: TrustContext) -> LevelResult {
        var judged = self
        judged.trust = TrustFlag.allCases.filter { applies($0, context) }
        judged.budgetHeld = context.budget.flatMap { judged.holds($0) }
        return judged
    }

    /// Whether the budget held; nil when it can't be told. A level with more errors than allowed carries
    /// nobody, however fast the rest was.
    public func holds(_ budget: LatencyBudget) -> Bool? {
        switch budget.verdict(on: self) {
        case .broken: false
        case .held: !trust.contains(.errors)
        case .unknown: trust.contains(.errors) ? false : nil
        }
    }

    /// The window is not what was planned: where there is another level of the same concurrency, that one counts.
    var isSpoiled: Bool { trust.contains(.cutShort) || trust.contains(.serverRestarted) }

    private func applies(_ flag: TrustFlag, _ context: TrustContext) -> Bool {
        switch flag {
        case .clientBound: isClientBound
        // p99 is shown for every level, so 100 of each request's figures are wanted.
        case .fewSamples: min(completed, ttft.count, e2e.count) < Percentile.p99.samplesNeeded
        case .errors: errorRate > context.errorLimit
        case .mixedTokenSources: hasMixedTokenSources
        case .prefixCache: hasCacheHits(beyond: context.allowedCachedTokens)
        case .outputLength: isOff(outputTokens, from: context.askedOutputTokens, orTokens: 0.5)
        // As close as the calibration of prompts goes: 2 % or two tokens.
        case .inputLength:
            inputTokens > 0 && isOff(inputTokens, from: context.askedInputTokens, orTokens: 2)
        case .littlesLaw: littlesLawRatio.map { !(abs($0 - 1) <= 0.05) } ?? false
        case .unsteady: isUnsteady(context)
        case .cutShort: context.window.cutShort
        // Only a server that isn't there refuses connections: it had answered before.
        case .serverRestarted:
            context.window.serverRestarted || failures[.connectionRefused, default: 0] > 0
        case .gpuThrottled: context.window.gpuThrottled
        }
    }

    /// "Event-loop lag p99 or send lag above 1 ms or 5 % of the p50 it measures", read as: either is enough.
    /// 1 ms is what the eye trusts in a table of milliseconds; 5 % is for servers so fast that less than 1 ms
    /// matters. So a 10 ms TPOT allows 0.5 ms.
    ///
    /// The loop's lag goes into every gap and into TTFT: it is held against the smaller of them. The gap is
    /// ITL or TPOT, whichever is larger, since the ITL of a server that sends several chunks at once is about 0.
    /// Send lag delays the request and is held against TTFT. Under 0.1 ms (the kernel's own timers are no
    /// better) nothing is flagged. The timer's lateness speaks for the loop: it waits in the same queue as the
    /// reads, at moments that have nothing to do with them, while `readP99` is made of the worst of each tick
    /// and would condemn sound levels; it is asked only where there was no timer.
    private var isClientBound: Bool {
        let gap = max(known(itl) ?? 0, known(tpot) ?? 0)
        let firstToken = known(ttft)
        let loopReference = [firstToken, gap > 0 ? gap : nil].compactMap { $0 }.min()
        return isTooLate(lag.timerP99 ?? lag.readP99, against: loopReference)
            || isTooLate(lag.sendP99, against: firstToken)
    }

    private func known(_ distribution: Distribution) -> Double? {
        distribution.count > 0 && distribution.p50.isFinite ? distribution.p50 : nil
    }

    private func isTooLate(_ lateness: Double?, against reference: Double?) -> Bool {
        guard let lateness else { return false }
        let allowed = max(min(1e6, 0.05 * (reference ?? .infinity)), 1e5)
        return lateness > allowed
    }

    /// The server's own counts agree, once at the end or all along; those taken from chunks are another measure.
    private var hasMixedTokenSources: Bool {
        tokenSources.contains(.chunks) && tokenSources.contains { $0 != .chunks }
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

    /// A level without tokens has other troubles.
    private func isUnsteady(_ context: TrustContext) -> Bool {
        if !context.window.openedSteady { return true }
        guard throughput.mean > 0 else { return false }
        guard let width = throughput.relativeHalfWidth else { return true }
        return !(width <= context.tightness)
    }
}
