import Measure
import Testing

@Suite struct LatencyHistogramTests {
    /// As `numpy.percentile` does it.
    private func exact(_ sorted: [Nanoseconds], _ share: Double) -> Double {
        let place = share * Double(sorted.count - 1)
        let low = Int(place)
        let high = min(sorted.count - 1, low + 1)
        let part = place - place.rounded(.down)
        return Double(sorted[low]) + Double(sorted[high] - sorted[low]) * part
    }

    @Test(arguments: [1, 2, 3, 10, 99, 1000, 20_000], [1_000.0, 60_000, 10e6, 900e6])
    func percentilesOfRandomData(count: Int, scale: Double) {
        var random = SplitMix64(seed: UInt64(count) + UInt64(scale))
        var histogram = LatencyHistogram()
        var values: [Nanoseconds] = []
        for _ in 0..<count {
            // Skewed, as latencies are.
            let value = Nanoseconds(scale * (1 + abs(random.normal()) * abs(random.normal())))
            values.append(value)
            histogram.record(value)
        }
        values.sort()
        let summary = histogram.summary
        #expect(summary.count == count)
        let pairs = [(summary.p50, 0.5), (summary.p90, 0.9), (summary.p95, 0.95), (summary.p99, 0.99)]
        for (measured, share) in pairs {
            let truth = exact(values, share)
            #expect(abs(measured - truth) <= max(0.001 * truth, 600), "\(share)")
        }
        let mean = values.reduce(0.0) { $0 + Double($1) } / Double(count)
        let variance = values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(count)
        #expect(abs(summary.mean - mean) <= 1e-9 * mean)
        #expect(abs(summary.standardDeviation - variance.squareRoot()) <= 1e-6 * mean)
        #expect(summary.min == Double(values[0]))
        #expect(summary.max == Double(values[count - 1]))
        #expect(summary.bins.total == count)
    }

    @Test func nothingRecorded() {
        let summary = LatencyHistogram().summary
        #expect(summary.count == 0)
        #expect(summary.mean.isNaN)
    }

    @Test func oneValueIsAllThereIs() {
        var histogram = LatencyHistogram()
        histogram.record(12_345_678)
        let summary = histogram.summary
        #expect(
            [summary.p50, summary.p99, summary.mean, summary.min, summary.max]
                == Array(repeating: 12_345_678, count: 5))
        #expect(summary.standardDeviation == 0)
    }

    @Test func equalLargeValuesDoNotSpread() {
        var histogram = LatencyHistogram()
        for _ in 0..<10_000 { histogram.record(59 * .second + 1) }
        #expect(histogram.summary.standardDeviation == 0)
        #expect(histogram.summary.p95 == Double(59 * Nanoseconds.second + 1))
    }

    @Test func impossibleValues() {
        var histogram = LatencyHistogram()
        for value in [Nanoseconds.min, -1, 0, .max, 5000 * .second] { histogram.record(value) }
        let summary = histogram.summary
        #expect(summary.count == 5)
        #expect(summary.min == 0)
        #expect(summary.max == Double(Nanoseconds.max))
        #expect(summary.p50 <= 512)
        #expect(summary.p90.isFinite)
    }
}
