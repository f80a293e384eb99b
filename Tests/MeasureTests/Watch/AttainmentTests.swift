import Testing

@testable import Measure

@Suite struct AttainmentTests {
    private static func figures(_ counts: [Double], mean: Double? = nil) -> ServerFigures {
        var figures = ServerFigures()
        figures.ttft = LatencyFigures(
            count: counts.reduce(0, +), mean: mean,
            buckets: BucketCounts(bounds: [0.5e9, 1e9, .infinity], counts: counts))
        return figures
    }

    private func attainment(_ budget: String, _ figures: ServerFigures) throws -> Attainment {
        try #require(try LatencyBudget(parsing: budget).attainments(in: figures).first)
    }

    @Test(
        arguments: [
            // All below the bucket that 900 ms cuts.
            ([96, 0, 4], Attainment.Verdict.held, 0.96...0.96), ([96, 4, 0], .held, 0.96...1),
            // It decides.
            ([90, 10, 0], .undecided, 0.9...1), ([50, 30, 20], .broken, 0.5...0.8),
            // Enough to hold, too few to break.
            ([5, 0, 0], .held, 1...1), ([1, 0, 9], .undecided, 0.1...0.1),
        ])
    func theWholeBracketDecides(
        counts: [Double], verdict: Attainment.Verdict, share: ClosedRange<Double>
    ) throws {
        let attainment = try attainment("ttft:p95<900ms", Self.figures(counts))
        #expect(attainment.verdict == verdict && attainment.share == share)
    }

    @Test func aLimitOnABoundIsExact() throws {
        #expect(try attainment("ttft:p95<1s", Self.figures([90, 6, 4])).share == 0.96...0.96)
        // Beyond the last one nobody knows.
        #expect(try attainment("ttft:p95<2s", Self.figures([90, 0, 10])).share == 0.9...1)
    }

    @Test func means() throws {
        #expect(try attainment("ttft:mean<1s", Self.figures([5, 5, 0], mean: 0.9e9)).verdict == .held)
        #expect(try attainment("ttft:mean<1s", Self.figures([5, 5, 0], mean: 1.1e9)).verdict == .broken)
        // Enough to hold, too few to break.
        #expect(try attainment("ttft:mean<1s", Self.figures([1, 0, 0], mean: 0.4e9)).verdict == .held)
        #expect(try attainment("ttft:mean<1s", Self.figures([1, 0, 2], mean: 1.1e9)).verdict == .undecided)
    }

    @Test func noAnswersAreIdle() throws {
        #expect(try attainment("ttft:p95<1s", Self.figures([0, 0, 0])).verdict == .idle)
        #expect(try attainment("ttft:p95<1s", ServerFigures()).verdict == .undecided)
        // It has no histograms, and nothing to do.
        var quiet = ServerFigures()
        (quiet.meanLoad, quiet.generatedTokens) = (0, 0)
        for budget in ["ttft:p95<1s", "error<1%"] {
            #expect(try attainment(budget, quiet).verdict == .idle)
            var busy = quiet
            busy.generatedTokens = 5
            #expect(try attainment(budget, busy).verdict == .undecided)
        }
    }

    @Test(
        arguments: [
            (0.0, 0.0, Attainment.Verdict.idle), (100, 0, .held), (1000, 9, .held), (1000, 11, .broken),
            (20, 1, .undecided), (20, 5, .broken),
        ])
    func errors(ended: Double, errors: Double, verdict: Attainment.Verdict) throws {
        var figures = ServerFigures()
        (figures.ended, figures.errors) = (ended, errors)
        #expect(try attainment("error<1%", figures).verdict == verdict)
    }

    @Test func aBudgetOfSeveralLimits() {
        func verdict(_ verdicts: Attainment.Verdict...) -> Attainment.Verdict {
            LatencyBudget.verdict(
                of: verdicts.map {
                    Attainment(
                        limit: LatencyBudget.Limit(metric: .error, below: 1), share: nil, answers: 0,
                        verdict: $0)
                })
        }
        #expect(verdict(.held, .idle) == .held)
        #expect(verdict(.held, .undecided) == .undecided)
        #expect(verdict(.undecided, .broken, .held) == .broken)
        #expect(verdict(.idle, .idle) == .idle && verdict() == .idle)
    }
}
