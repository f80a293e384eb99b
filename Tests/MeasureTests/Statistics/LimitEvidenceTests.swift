import Testing

@testable import Measure

@Suite struct LimitEvidenceTests {
    private static let limit = LatencyBudget.Limit(metric: .ttft(.percentile(.p95)), below: 100e6)

    private static func limit(_ percentile: Percentile, below: Double = 100e6) -> LatencyBudget.Limit {
        LatencyBudget.Limit(metric: .ttft(.percentile(percentile)), below: below)
    }

    /// So many answers evenly over a window of a minute, of which these are of 200 ms and the others of 50 ms.
    private static func evidence(
        _ count: Int, slow: Set<Int> = [], limit: LatencyBudget.Limit = limit, generations: Double? = 60
    ) -> LimitEvidence {
        var samples = TimedSamples()
        for index in 0..<count {
            samples.add(
                slow.contains(index) ? 200e6 : 50e6,
                at: Moment(nanoseconds: Int64(index) * 60 * .second / Int64(max(1, count))))
        }
        let value = 50e6 + (Double(slow.count) > 0.05 * Double(count) ? 150e6 : 0)
        return samples.evidence(
            on: limit, value: value, from: .zero, to: .zero + 60 * .second, generations: generations)
    }

    @Test(arguments: [(Percentile.p50, 8), (.p90, 52), (.p95, 107), (.p99, 542)])
    func theFewestThatHold(percentile: Percentile, count: Int) {
        let limit = Self.limit(percentile)
        #expect(Self.evidence(count, limit: limit).verdict(on: limit) == .held)
        #expect(Self.evidence(count - 1, limit: limit).verdict(on: limit) == .undecided)
        #expect(Self.evidence(0, limit: limit).verdict(on: limit) == .undecided)
    }

    @Test func someOverTheLimit() {
        // One in twenty is what p95 allows: ten of two hundred say nothing either way.
        #expect(
            Self.evidence(200, slow: Set(stride(from: 7, to: 200, by: 20))).verdict(on: Self.limit)
                == .undecided)
        #expect(
            Self.evidence(2000, slow: Set(stride(from: 7, to: 2000, by: 40))).verdict(on: Self.limit) == .held
        )
        #expect(
            Self.evidence(200, slow: Set(stride(from: 0, to: 200, by: 5))).verdict(on: Self.limit) == .broken)
        #expect(Self.evidence(4, slow: [0, 1, 2, 3]).verdict(on: Self.limit) == .broken)
    }

    /// Values from 1 to 200 ms, in an order that no block is unlike the others.
    private static func spread(_ limit: LatencyBudget.Limit, generations: Double? = 60) -> LimitEvidence {
        var samples = TimedSamples()
        for index in 0..<1000 {
            let value = Double((index * 7) % 1000 + 1) * 0.2e6
            samples.add(value, at: Moment(nanoseconds: Int64(index) * 60 * .second / 1000))
        }
        let value =
            limit.metric.statistic == .mean
            ? 100.1e6 : Double(limit.metric == .ttft(.percentile(.p50)) ? 100e6 : 190e6)
        return samples.evidence(
            on: limit, value: value, from: .zero, to: .zero + 60 * .second, generations: generations)
    }

    /// What is exported as a figure's interval are the limits that would be undecided.
    @Test(arguments: [LatencyBudget.Statistic.mean, .percentile(.p50), .percentile(.p95)])
    func theIntervalHoldsTheUndecidedLimits(_ statistic: LatencyBudget.Statistic) throws {
        func verdict(_ below: Double) -> BudgetVerdict {
            let limit = LatencyBudget.Limit(metric: .ttft(statistic), below: below)
            return Self.spread(limit).verdict(on: limit)
        }
        let some = LatencyBudget.Limit(metric: .ttft(statistic), below: 1e9)
        let undecided = try #require(Self.spread(some).undecided)
        let low = try #require(undecided.low)
        let high = try #require(undecided.high)
        #expect(low < high && high - low < 40e6)
        // A step beyond each end it is decided, a step inside it isn't.
        #expect(verdict(low - 1e6) == .broken && verdict(low + 1e6) == .undecided)
        #expect(verdict(high + 1e6) == .held && verdict(high - 1e6) == .undecided)
        let short = try #require(Self.spread(some, generations: 5).undecided)
        #expect(try #require(short.low) < low && #require(short.high) > high)
    }

    @Test func whereNothingIsCertainTheIntervalIsOpen() throws {
        let few = try #require(Self.evidence(5).undecided)
        #expect(few.high == nil)
        #expect(Self.evidence(0).undecided == nil)
    }

    @Test func whatComesInOneStallCountsForLess() {
        // Forty of a thousand spread out hold p95 where twenty would; all of them in one stall decide nothing.
        let spread = Self.evidence(2000, slow: Set(stride(from: 0, to: 2000, by: 40)))
        let stalled = Self.evidence(2000, slow: Set(400..<450))
        #expect(spread.clumping < 2 && spread.verdict(on: Self.limit) == .held)
        #expect(stalled.clumping > 10 && stalled.verdict(on: Self.limit) == .undecided)
    }

    @Test func aShortWindowIsCertainOnlyFarFromTheLimit() {
        #expect(Self.evidence(400, generations: 11).verdict(on: Self.limit) == .held)
        let near = Self.limit(.p95, below: 60e6)
        #expect(Self.evidence(400, limit: near, generations: 11).verdict(on: near) == .undecided)
        #expect(Self.evidence(400, limit: near, generations: 12).verdict(on: near) == .held)
        #expect(Self.evidence(400, limit: near, generations: nil).verdict(on: near) == .undecided)
        let over = Self.limit(.p95, below: 45e6)
        #expect(Self.evidence(400, limit: over, generations: 11).verdict(on: over) == .undecided)
        #expect(Self.evidence(400, limit: over, generations: 12).verdict(on: over) == .broken)
        let far = Self.limit(.p95, below: 30e6)
        #expect(Self.evidence(400, limit: far, generations: 1).verdict(on: far) == .broken)
    }

    @Test func means() {
        let limit = LatencyBudget.Limit(metric: .ttft(.mean), below: 100e6)
        func verdict(around mean: Double, count: Int = 400) -> BudgetVerdict {
            var samples = TimedSamples()
            var random = SplitMix64(seed: 3)
            for index in 0..<count {
                samples.add(
                    mean + 20e6 * random.normal(),
                    at: Moment(nanoseconds: Int64(index) * 60 * .second / Int64(count)))
            }
            return samples.evidence(
                on: limit, value: mean, from: .zero, to: .zero + 60 * .second, generations: 60
            )
            .verdict(on: limit)
        }
        #expect(verdict(around: 95e6) == .held)
        #expect(verdict(around: 100.2e6) == .undecided)
        #expect(verdict(around: 105e6) == .broken)
        // A block without an answer tells of no spread.
        #expect(verdict(around: 50e6, count: 7) == .undecided)
    }

    @Test func failures() {
        let limit = LatencyBudget.Limit(metric: .error, below: 0.05)
        func verdict(_ failed: Int, of count: Int) -> BudgetVerdict {
            var samples = TimedSamples()
            for index in 0..<count {
                let hasFailed = index * failed / count != (index + 1) * failed / count
                samples.add(
                    hasFailed ? 1 : 0, at: Moment(nanoseconds: Int64(index) * 60 * .second / Int64(count)))
            }
            return samples.evidence(
                on: limit, value: Double(failed) / Double(count), from: .zero, to: .zero + 60 * .second,
                generations: 60
            ).verdict(on: limit)
        }
        #expect(verdict(2, of: 20) == .undecided)
        #expect(verdict(10, of: 20) == .broken)
        #expect(verdict(0, of: 107) == .held)
        #expect(verdict(0, of: 106) == .undecided)
        #expect(verdict(10, of: 1000) == .held)
    }

    @Test func aLongerWindow() {
        let evidence = Self.evidence(41)
        #expect(evidence.verdict(on: Self.limit) == .undecided)
        #expect(evidence.verdict(on: Self.limit, after: 2) == .undecided)
        #expect(evidence.verdict(on: Self.limit, after: 3) == .held)
        #expect(!evidence.canDecide(Self.limit, after: 2) && evidence.canDecide(Self.limit, after: 4))
        // One of forty: what went on like that would take long, but it may have been the only one.
        #expect(Self.evidence(80, slow: [11, 30]).canDecide(Self.limit, after: 4))
    }

    /// A batch server's rhythm: all users of a generation share its luck, and a generation has some of the luck of the
    /// one before.
    private struct Rhythm: CustomTestStringConvertible, Sendable {
        var users: Int
        /// Of a latency's spread, what all users of a generation have in common.
        var common: Double
        /// From one generation to the next.
        var memory: Double

        var testDescription: String { "\(users) users, \(common) in common, memory \(memory)" }

        /// Latencies in ms, a generation after the other.
        func latencies(generations: Int, _ random: inout SplitMix64) -> [[Double]] {
            var luck = random.normal()
            return (0..<generations).map { _ in
                luck = memory * luck + (1 - memory * memory).squareRoot() * random.normal()
                return (0..<users).map { _ in
                    let own = (1 - common * common).squareRoot() * random.normal()
                    return 100 + 10 * (common * luck + own)
                }
            }
        }
    }

    private static let rhythms = [
        Rhythm(users: 4, common: 0, memory: 0), Rhythm(users: 16, common: 0.6, memory: 0),
        Rhythm(users: 16, common: 0.5, memory: 0.3), Rhythm(users: 32, common: 0.9, memory: 0),
    ]

    /// The limit is where the true quantile lies: neither held nor broken is right. Looked at three times, as a sweep
    /// does, from twelve generations on.
    @Test(arguments: rhythms, [(Percentile.p50, 0.0), (.p90, 1.281_55), (.p95, 1.644_85)])
    private func aLimitAtTheTrueQuantileIsSeldomHeld(rhythm: Rhythm, quantile: (Percentile, Double)) {
        let limit = Self.limit(quantile.0, below: (100 + 10 * quantile.1) * 1e6)
        #expect(Self.wronglyHeld(limit, rhythm) { $0 } <= 0.08)
    }

    /// So that the test above can fail: as if the answers were independent.
    @Test func withoutTheBlocksItIsOftenHeld() {
        let rhythm = Rhythm(users: 32, common: 0.9, memory: 0)
        let wrong = Self.wronglyHeld(Self.limit(.p50), rhythm) { evidence in
            var naive = evidence
            naive.clumping = 1
            return naive
        }
        #expect(wrong > 0.3)
    }

    private static func wronglyHeld(
        _ limit: LatencyBudget.Limit, _ rhythm: Rhythm, _ seen: (LimitEvidence) -> LimitEvidence
    ) -> Double {
        var random = SplitMix64(seed: 11)
        let runs = 300
        var wrong = 0
        for _ in 0..<runs {
            let latencies = rhythm.latencies(generations: 48, &random)
            let isHeld = [12, 24, 48].contains { generations in
                var samples = TimedSamples()
                for (index, generation) in latencies.prefix(generations).enumerated() {
                    for latency in generation {
                        samples.add(latency * 1e6, at: .zero + .seconds(Double(index) + random.unit()))
                    }
                }
                let evidence = samples.evidence(
                    on: limit, value: limit.below, from: .zero, to: .zero + Int64(generations) * .second,
                    generations: Double(generations))
                return seen(evidence).verdict(on: limit) == .held
            }
            if isHeld { wrong += 1 }
        }
        return Double(wrong) / Double(runs)
    }
}

@Suite struct IncompleteBetaTests {
    /// From SciPy's `betainc`.
    @Test(
        arguments: [
            (0.5, 2.0, 3.0, 0.6875), (0.05, 3.0, 18.0, 0.075_483_673_8), (0.95, 80.45, 1.0, 0.016_138_53),
            (0.3, 0.5, 0.5, 0.369_010_119_6), (0.01, 5.5, 400.0, 0.294_365_7),
        ])
    func values(x: Double, a: Double, b: Double, value: Double) {
        #expect(abs(IncompleteBeta.regularized(x, a, b) / value - 1) < 1e-4)
    }

    @Test func edges() {
        #expect(IncompleteBeta.regularized(0, 2, 3) == 0 && IncompleteBeta.regularized(1, 2, 3) == 1)
        #expect(IncompleteBeta.regularized(.nan, 2, 3).isNaN && IncompleteBeta.regularized(0.5, 0, 3).isNaN)
        #expect(IncompleteBeta.atLeast(0, of: 10, share: 0.1) == 1)
        #expect(abs(IncompleteBeta.atLeast(1, of: 10, share: 0.1) - (1 - 0.348_678_440_1)) < 1e-9)
        #expect(abs(IncompleteBeta.atMost(0, of: 10, share: 0.1) - 0.348_678_440_1) < 1e-9)
        #expect(IncompleteBeta.atMost(10, of: 10, share: 0.1) == 1)
        #expect(IncompleteBeta.atLeast(3, of: 10, share: 0) == 0)
    }
}

@Suite struct TimedSamplesTests {
    @Test func memoryIsBoundedAndTheSampleStaysFair() {
        var samples = TimedSamples()
        let count = 5 * TimedSamples.most
        // Two streams take turns; one is slow.
        for index in 0..<count { samples.add(Double(index % 2), at: Moment(nanoseconds: Int64(index))) }
        #expect(samples.samples.count <= TimedSamples.most && samples.samples.count > TimedSamples.most / 4)
        let slow = samples.samples.count { $0.value == 1 }
        #expect(abs(Double(slow) / Double(samples.samples.count) - 0.5) < 0.02)
        let early = samples.samples.count { $0.at.nanoseconds < Int64(count) / 2 }
        #expect(abs(Double(early) / Double(samples.samples.count) - 0.5) < 0.02)
    }
}
