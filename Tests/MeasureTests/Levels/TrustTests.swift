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

    @Test func clientBound() {
        #expect(flags { $0.lag.timerP99 = 1.01e6 } == [.clientBound])
        #expect(flags { $0.lag.sendP99 = 1.01e6 } == [.clientBound])
        // 5 % of the 10 ms between tokens.
        #expect(flags { $0.lag.timerP99 = 0.51e6 } == [.clientBound])
        #expect(flags { $0.lag.timerP99 = 0.49e6 }.isEmpty)
        // Send lag is held against TTFT alone.
        #expect(flags { $0.lag.sendP99 = 0.9e6 }.isEmpty)
        // Chunks that come in pairs make ITL's p50 nothing, and the lag no worse.
        #expect(flags { $0.itl = .constant(2e3, count: 9) }.isEmpty)
        // Without a timer, the reads speak.
        #expect(
            flags {
                $0.lag.timerP99 = nil
                $0.lag.readP99 = 2e6
            } == [.clientBound])
        #expect(flags { $0.lag = LagSummary() }.isEmpty)
        #expect(
            flags {
                $0.tpot = .constant(0.5e6, count: 500)
                $0.itl = .constant(0.5e6, count: 500)
                $0.lag.timerP99 = 0.09e6
            }.isEmpty)
    }

    @Test func fewSamples() {
        #expect(flags { $0.completed = 99 }.contains(.fewSamples))
        #expect(!flags { $0.completed = 100 }.contains(.fewSamples))
        #expect(flags { $0.ttft = .constant(50e6, count: 99) } == [.fewSamples])
    }

    @Test func errors() {
        #expect(flags { $0.failed = 30 } == [.errors])
        #expect(flags { $0.failed = 25 }.isEmpty)
    }

    @Test func mixedTokenSources() {
        #expect(flags { $0.tokenSources = [.usage, .chunks] } == [.mixedTokenSources])
        #expect(flags { $0.tokenSources = [.usage, .usageStream] }.isEmpty)
        #expect(flags { $0.tokenSources = [.chunks] }.isEmpty)
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

    @Test func littlesLaw() {
        #expect(flags { $0.littlesLawRatio = 0.94 } == [.littlesLaw])
        #expect(flags { $0.littlesLawRatio = 1.06 } == [.littlesLaw])
        #expect(flags { $0.littlesLawRatio = .nan } == [.littlesLaw])
        #expect(flags { $0.littlesLawRatio = nil }.isEmpty)
    }

    @Test func unsteady() {
        #expect(flags { $0.throughput.halfWidth = 50 } == [.unsteady])
        #expect(flags { $0.throughput.halfWidth = nil } == [.unsteady])
        #expect(flags(TrustContext(window: WindowCircumstances(openedSteady: false))) == [.unsteady])
        #expect(flags(TrustContext(tightness: 0.05)) { $0.throughput.halfWidth = 50 }.isEmpty)
        #expect(!flags { $0.throughput = Estimate(mean: 0, halfWidth: nil) }.contains(.unsteady))
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
        let level = LevelResult.sample()
        #expect(level.judged(context: TrustContext()).budgetHeld == nil)
        #expect(level.judged(context: TrustContext(budget: budget)).budgetHeld == true)
        #expect(level.judged(context: TrustContext(errorLimit: 0, budget: budget)).budgetHeld == false)
        let tight = try LatencyBudget(parsing: "ttft:p95<50ms")
        #expect(level.judged(context: TrustContext(budget: tight)).budgetHeld == false)
    }

    @Test func aLevelOfNothing() {
        let empty = LevelResult(
            endpoint: EndpointID(0), level: 0, concurrency: 1, windowStart: .zero, windowEnd: .zero)
        #expect(empty.judged(context: context).trust == [.fewSamples])
    }
}
