import Testing

@testable import Measure

@Suite struct BatchMeansTests {
    private let bin = 100 * Nanoseconds.millisecond

    /// How often the interval covers the truth, over many seeded runs.
    private func coverage(
        runs: Int = 500, truth: Double, _ make: (inout SplitMix64) -> [Double]
    ) -> (share: Double, meanWidth: Double) {
        var hits = 0
        var widths = 0.0
        for run in 0..<runs {
            var random = SplitMix64(seed: UInt64(run) &* 7919)
            let estimate = BatchMeans.estimate(bins: make(&random), binLength: bin)
            guard let width = estimate.halfWidth else { continue }
            if abs(estimate.mean - truth) <= width { hits += 1 }
            widths += width
        }
        return (Double(hits) / Double(runs), widths / Double(runs))
    }

    @Test(arguments: [20, 47, 100, 203, 600])
    func independentBinsAreCoveredNinetyFiveTimesInAHundred(count: Int) {
        let (share, _) = coverage(truth: 1000) { random in
            (0..<count).map { _ in 100 + 10 * random.normal() }
        }
        #expect(share > 0.91 && share < 0.98, "\(share)")
    }

    @Test(arguments: [0.5, 0.8, 0.9])
    func binsThatLeanOnEachOtherAreCoveredToo(persistence: Double) {
        // First-order autoregression.
        let (share, _) = coverage(truth: 1000) { random in
            var drift = 0.0
            for _ in 0..<50 { drift = persistence * drift + 6 * random.normal() }
            return (0..<300).map { _ in
                drift = persistence * drift + 6 * random.normal()
                return 100 + drift
            }
        }
        #expect(share > 0.90 && share < 0.98, "\(share)")
    }

    @Test(arguments: [0.030, 0.087, 0.130, 0.250])
    func aServerThatEmitsInStepsDoesNotLookUnsteady(step: Double) {
        // 64 tokens every step, at an unknown moment within the first: the truth is 64 / step.
        let truth = 64 / step
        let (share, width) = coverage(runs: 300, truth: truth) { random in
            var bins = Array(repeating: 0.0, count: 100)
            var time = Double.random(in: 0..<step, using: &random)
            while time < 10 {
                bins[min(99, Int(time * 10))] += 64
                time += step
            }
            return bins
        }
        #expect(share > 0.9, "\(share)")
        #expect(width < 0.03 * truth, "\(width / truth)")
    }

    @Test func constantBinsLeaveNoDoubt() {
        let estimate = BatchMeans.estimate(bins: Array(repeating: 42, count: 100), binLength: bin)
        #expect(abs(estimate.mean - 420) < 1e-9)
        #expect((estimate.halfWidth ?? 1) < 1e-9)
    }

    @Test func aTrendWidensTheInterval() {
        // From 50 to 150: the mean of neither half is near that of the whole.
        let bins = (0..<100).map { 50 + Double($0) }
        let estimate = BatchMeans.estimate(bins: bins, binLength: bin)
        #expect(abs(estimate.mean - 995) < 1e-9)
        var random = SplitMix64(seed: 1)
        let shuffled = BatchMeans.estimate(bins: bins.shuffled(using: &random), binLength: bin)
        #expect((estimate.halfWidth ?? 0) > 2 * (shuffled.halfWidth ?? .infinity))
        #expect((estimate.relativeHalfWidth ?? 0) > 0.15)
    }

    @Test func tooShort() {
        #expect(BatchMeans.estimate(bins: [], binLength: bin) == Estimate(mean: 0, halfWidth: nil))
        let short = BatchMeans.estimate(bins: Array(repeating: 5, count: 15), binLength: bin)
        #expect(short == Estimate(mean: 50, halfWidth: nil))
        #expect(BatchMeans.estimate(bins: Array(repeating: 5, count: 16), binLength: bin).halfWidth == 0)
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func nonsense(value: Double) {
        var bins = Array(repeating: 5.0, count: 30)
        bins[7] = value
        #expect(BatchMeans.estimate(bins: bins, binLength: bin) == Estimate(mean: 0, halfWidth: nil))
        #expect(BatchMeans.estimate(bins: [5], binLength: 0).halfWidth == nil)
        let huge = Array(repeating: Double.greatestFiniteMagnitude, count: 30)
        #expect(BatchMeans.estimate(bins: huge, binLength: bin).halfWidth == nil)
    }

    @Test func studentsTable() {
        #expect(StudentT.factor95(degreesOfFreedom: 0) == nil)
        #expect(StudentT.factor95(degreesOfFreedom: 9) == 2.2622)
        for (freedom, value) in [(31, 2.0395), (40, 2.0211), (60, 2.0003), (120, 1.9799)] {
            #expect(abs((StudentT.factor95(degreesOfFreedom: freedom) ?? 0) - value) < 0.004)
        }
        #expect(abs((StudentT.factor95(degreesOfFreedom: .max) ?? 0) - 1.96) < 0.001)
    }
}
