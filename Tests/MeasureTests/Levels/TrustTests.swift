import Measure
import Testing

@Suite struct TrustTests {
    private let context = TrustContext(
        askedInputTokens: 128, askedOutputTokens: 64, allowedCachedTokens: 16)

    private func flags(
        _ context: TrustContext? = nil, _ change: (inout LevelResult) -> Void = { _ in }
    ) -> [TrustFlag] {
        var level = LevelResult.sample()
        change(&level)
        return level.judged(context: context ?? self.context).trust
    }

    @Test func aSoundRunIsSilent() {
        #expect(flags().isEmpty)
        #expect(flags(TrustContext()).isEmpty)
    }

    @Test func judgingTwiceChangesNothing() {
        let once = LevelResult.sample().judged(
            context: TrustContext(window: WindowCircumstances(cutShort: true)))
        #expect(once.trust == [.cutShort])
        #expect(once.judged(context: TrustContext()).trust.isEmpty)
    }

    /// 5 % of the figure at the same quantile, and more than half a millisecond.
    @Test(arguments: [
        // ITL and TPOT are 10 ms, TTFT is 50 ms, E2E 680 ms.
        (LagSummary(readP99: 0.51e6), true), (LagSummary(readP99: 0.49e6), false),
        (LagSummary(readP50: 0.51e6), true), (LagSummary(timerP90: 0.6e6), true),
        (LagSummary(timerP99: 0.4e6, readP99: 0.4e6), false),
        // What successive tokens are late by alike is not between them.
        (LagSummary(readP95: 2e6, readP99: 2e6, changeP50: 0, changeP95: 0.4e6, changeP99: 0.4e6), false),
        (LagSummary(readP95: 2e6, readP99: 2e6, changeP50: 0, changeP95: 0.4e6, changeP99: 0.6e6), true),
        (LagSummary(readP95: 3e6, changeP50: 0, changeP95: 0.1e6), true),
        // Too few pairs of probes for a p95: nothing is known of it.
        (LagSummary(readP95: 2e6, readP99: 2e6, changeP50: 0.4e6), false),
        // One tick in twenty is late on many a machine.
        (LagSummary(timerP50: 0.05e6, timerP90: 0.1e6, timerP95: 3e6, timerP99: 3e6), false),
        // What is sent late is in TTFT and E2E alone.
        (LagSummary(sendP99: 2.4e6), false), (LagSummary(sendP99: 2.6e6), true),
        (LagSummary(readP99: 0.45e6, sendP99: 2.1e6), true),
        (LagSummary(readP95: 0.45e6, sendP99: 2.4e6), false),
        (LagSummary(), false), (LagSummary(loopCPUShare: 0.79), false),
        (LagSummary(loopCPUShare: 0.81), true),
        // The process has several threads.
        (LagSummary(cpuShare: 1.9), false),
    ])
    func clientBound(lag: LagSummary, isRaised: Bool) {
        #expect(flags { $0.lag = lag } == (isRaised ? [.clientBound] : []))
    }

    @Test func lagIsComparedWithWhatIsShown() {
        // Chunks that come in pairs: ITL's p50 is nothing, and lag below half a millisecond is none.
        #expect(flags { $0.itl = .constant(2e3, count: 9) }.isEmpty)
        // A server so fast that everything is large against it.
        #expect(
            flags {
                $0.tpot = .constant(0.2e6, count: 500)
                $0.itl = .constant(0.2e6, count: 500)
                $0.lag = LagSummary(readP50: 0.1e6, readP99: 0.45e6)
            }.isEmpty)
        // A p99 that isn't shown can't be spoiled.
        #expect(
            flags {
                $0.itl = .constant(10e6, count: 99)
                $0.lag = LagSummary(readP99: 0.6e6)
            }.isEmpty)
        // A stall at the 99th percentile of a server that stalls longer itself.
        #expect(
            flags {
                $0.itl.p99 = 40e6
                $0.lag = LagSummary(readP99: 1.9e6)
            }.isEmpty)
        // In TPOT the lag is shared among the tokens.
        #expect(
            flags {
                $0.itl = .empty
                $0.ttft = .constant(500e6, count: 500)
                $0.lag = LagSummary(readP99: 20e6)
            }.isEmpty)
    }

    @Test func fewSamplesAreInformation() {
        var level = LevelResult.sample()
        level.completed = 99
        level.failed = 0
        #expect(level.hasFewSamples)
        #expect(level.judged(context: TrustContext()).trust.isEmpty)
        level.completed = 100
        #expect(!level.hasFewSamples)
        level.ttft = .constant(50e6, count: 99)
        #expect(level.hasFewSamples)
    }

    @Test func usersIdle() {
        func level(_ occupancy: Occupancy?) -> LevelResult {
            var level = LevelResult.sample()
            level.occupancy = occupancy
            return level.judged(context: context)
        }
        #expect(level(Occupancy(out: 15.3, connecting: 0.7)).trust.isEmpty)
        #expect(level(nil).trust.isEmpty)
        let connecting = level(Occupancy(out: 15.1, connecting: 0.6, waiting: 0.3))
        #expect(connecting.trust == [.usersIdle])
        #expect(connecting.label(of: .usersIdle) == "users idle: connecting")
        let waiting = level(Occupancy(out: 4, connecting: 0.1, waiting: 11.9))
        #expect(waiting.trust == [.usersIdle])
        #expect(waiting.label(of: .usersIdle) == "users idle: waiting after failures")
        #expect(level(Occupancy(out: 4)).label(of: .usersIdle) == "users idle")
    }

    @Test func clientStoodStill() {
        #expect(flags { $0.stoodStill = 999 * .millisecond }.isEmpty)
        #expect(flags { $0.stoodStill = 1001 * .millisecond } == [.clientStoodStill])
        // With the program busy meanwhile it is lag.
        #expect(flags { $0.hung = 1001 * .millisecond } == [.clientBound])
    }

    @Test func buffered() {
        #expect(flags { $0.bufferedAnswers = 251 } == [.buffered])
        #expect(flags { $0.bufferedAnswers = 250 }.isEmpty)
        #expect(
            flags {
                $0.completed = 2
                $0.failed = 0
                $0.inputTokens = 2 * 128
                $0.outputTokens = 2 * 64
                $0.bufferedAnswers = 2
            }.isEmpty)
        // Bursts as far apart as our own lag may be ours.
        #expect(
            flags {
                $0.bufferedAnswers = 500
                $0.burstPause = 150e6
                $0.lag.readP99 = 20e6
            } == [.clientBound])
        #expect(
            flags {
                $0.bufferedAnswers = 500
                $0.burstPause = 150e6
            } == [.buffered])
    }

    @Test func noVerdictThroughABuffer() throws {
        func held(_ text: String) throws -> Bool? {
            let budget = try LatencyBudget(parsing: text)
            return LevelResult.judged(TrustContext(budget: budget)) { level in
                level.bufferedAnswers = 500
                level.tpot = .constant(1e3, count: 600)
                level.itl = .constant(1e3, count: 600)
            }.budgetHeld
        }
        #expect(try held("tpot:p95<100ms") == nil)
        #expect(try held("itl:p99<1us") == nil)
        #expect(try held("ttft:p95<60ms") == true)
        #expect(try held("ttft:p95<60ms,tpot:p95<100ms") == nil)
        #expect(try held("ttft:p95<40ms,tpot:p95<100ms") == false)
    }

    @Test func countsRefused() {
        #expect(flags { $0.refusedCounts = 1 } == [.countsRefused])
        #expect(flags { $0.refusedCounts = 0 }.isEmpty)
    }

    @Test func lateEnd() {
        #expect(flags { $0.tail = .constant(33e6, count: 500) }.isEmpty)
        #expect(flags { $0.tail = .constant(35e6, count: 500) } == [.tail])
    }

    @Test func errors() {
        #expect(flags { $0.failed = 30 } == [.errors])
        #expect(flags { $0.failed = 25 }.isEmpty)
    }

    @Test func mixedTokenSources() {
        #expect(flags { $0.tokenSources = [.usage, .chunks] } == [.mixedTokenSources])
        #expect(flags { $0.tokenSources = [.usage, .usageStream] }.isEmpty)
        #expect(flags { $0.tokenSources = [.chunks] }.isEmpty)
        // Counted in one of this program's own ways or another: by chunks where there were as many as asked for.
        #expect(flags { $0.tokenSources = [.chunks, .limit, .estimate] }.isEmpty)
        for own in [TokenSource.chunks, .limit, .estimate] {
            #expect(flags { $0.tokenSources = [.usage, own] } == [.mixedTokenSources])
            #expect(flags { $0.tokenSources = [.usageStream, own] } == [.mixedTokenSources])
        }
        #expect(flags { $0.tokenSources = [] }.isEmpty)
    }

    @Test func prefixCache() {
        #expect(flags { $0.cachedTokens = 500 * 32 } == [.prefixCache])
        // What the chat template costs everybody.
        #expect(flags { $0.cachedTokens = 500 * 16 }.isEmpty)
        #expect(flags(TrustContext()) { $0.cachedTokens = 500 * 16 } == [.prefixCache])
    }

    @Test func outputLength() {
        #expect(flags { $0.outputTokens = 500 * 60 } == [.outputLength])
        #expect(flags { $0.outputTokens = 500 * 63 }.isEmpty)
        #expect(flags(TrustContext()) { $0.outputTokens = 500 * 3 }.isEmpty)
    }

    @Test func inputLength() {
        #expect(flags { $0.inputTokens = 500 * 140 } == [.inputLength])
        #expect(flags { $0.inputTokens = 500 * 130 }.isEmpty)
        // A server that does not count.
        #expect(flags { $0.inputTokens = 0 }.isEmpty)
    }

    /// Dead: only old files have it.
    @Test func littlesLawIsNoFlag() {
        #expect(flags { $0.littlesLawRatio = 0.5 }.isEmpty)
    }

    @Test func unsteady() {
        #expect(flags { $0.drift = Estimate(mean: 0.04, halfWidth: 0.02) } == [.unsteady])
        #expect(flags { $0.drift = Estimate(mean: -0.04, halfWidth: 0.02) } == [.unsteady])
        // It may be chance; it is small; it can't be told.
        #expect(flags { $0.drift = Estimate(mean: 0.04, halfWidth: 0.05) }.isEmpty)
        #expect(flags { $0.drift = Estimate(mean: 0.029, halfWidth: 0.001) }.isEmpty)
        #expect(flags { $0.drift = Estimate(mean: 0.5, halfWidth: nil) }.isEmpty)
        #expect(flags { $0.throughput.halfWidth = 50 }.isEmpty)
        #expect(flags(TrustContext(window: WindowCircumstances(openedSteady: false))) == [.unsteady])
    }

    @Test func cutShort() {
        #expect(flags(TrustContext(window: WindowCircumstances(cutShort: true))) == [.cutShort])
    }

    @Test func serverRestarted() {
        let restarted = TrustContext(window: WindowCircumstances(serverRestarted: true))
        #expect(flags(restarted) == [.serverRestarted])
        // Without a page of metrics a refused connection tells.
        #expect(
            flags {
                $0.failed = 1
                $0.failures = [.connectionRefused: 1]
            } == [.serverRestarted])
        #expect(
            flags {
                $0.failed = 3
                $0.failures = [.connectionReset: 1, .unavailable: 1, .timeout: 1]
            }.isEmpty)
    }

    @Test func gpuThrottled() {
        #expect(
            flags(TrustContext(window: WindowCircumstances(gpuThrottled: true))) == [.gpuThrottled])
    }

    @Test func theBudgetIsJudgedToo() throws {
        let budget = try LatencyBudget(parsing: "ttft:p95<60ms")
        #expect(LevelResult.sample().judged(context: TrustContext()).budgetHeld == nil)
        #expect(LevelResult.judged(TrustContext(budget: budget)).budgetHeld == true)
        let strict = TrustContext(errorLimit: 0, budget: budget)
        #expect(LevelResult.judged(strict, failed: 2).budgetHeld == false)
        let tight = try LatencyBudget(parsing: "ttft:p95<50ms")
        #expect(LevelResult.judged(TrustContext(budget: tight)).budgetHeld == false)
    }

    @Test func aLevelOfNothing() {
        let empty = LevelResult(
            endpoint: EndpointID(0), level: 0, load: .users(1), windowStart: .zero, windowEnd: .zero)
        #expect(empty.judged(context: context).trust.isEmpty && empty.hasFewSamples)
    }
}
