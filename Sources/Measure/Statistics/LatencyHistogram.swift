import Histogram

/// Latencies of one metric over one window: recorded one by one, summed up as a `Distribution`.
///
/// An HDR histogram with three significant digits, from half a microsecond to one hour (longer values
/// count as one hour in the percentiles), beside exact sums for the mean and the standard deviation.
/// Memory: none to speak of before the first value, then 98 kB for the histogram and 1.3 kB for the bins,
/// however many values come. `record` costs some 70 ns, `summary` about a quarter of a millisecond.
package struct LatencyHistogram: Sendable {
    package static let longest: Nanoseconds = 3600 * .second

    private var histogram: Histogram<UInt32>?
    private var bins = LogBins()
    private var smallest: Nanoseconds = .max
    private var largest: Nanoseconds = .min
    /// Sums are taken of the distance from the first value: squares of large, nearly equal numbers would
    /// eat the digits that the standard deviation needs.
    private var origin = 0.0
    private var sum = 0.0
    private var sumOfSquares = 0.0
    public private(set) var count = 0

    package init() {}

    /// A value below zero (a clock gone backwards) counts as zero.
    package mutating func record(_ nanoseconds: Nanoseconds) {
        let value = max(0, nanoseconds)
        if histogram == nil {
            // A unit of 1 µs is kept as the power of two below it, 512 ns.
            histogram = Histogram(
                lowestDiscernibleValue: UInt64(Nanoseconds.microsecond),
                highestTrackableValue: UInt64(Self.longest), numberOfSignificantValueDigits: .three)
            origin = Double(value)
        }
        histogram?.record(UInt64(min(value, Self.longest)))
        bins.add(value)
        let distance = Double(value) - origin
        sum += distance
        sumOfSquares += distance * distance
        if value < smallest { smallest = value }
        if value > largest { largest = value }
        count += 1
    }

    /// The mean is exact; the standard deviation is that of the population, as in vLLM's benchmark; the
    /// percentiles are interpolated linearly between neighbouring samples, as `numpy.percentile` does, and
    /// right to within a bucket: 0.1 % of the value, or 0.5 µs.
    package var summary: Distribution {
        guard let histogram, count > 0 else { return .empty }
        let mean = sum / Double(count)
        let variance = max(0, sumOfSquares / Double(count) - mean * mean)
        let percentiles = interpolated(Percentile.allCases.map { Double($0.rawValue) / 100 }, in: histogram)
        return Distribution(
            count: count, mean: origin + mean, standardDeviation: variance.squareRoot(),
            min: Double(smallest),
            max: Double(largest), p50: percentiles[0], p90: percentiles[1], p95: percentiles[2],
            p99: percentiles[3], bins: bins)
    }

    /// The values at these shares (ascending, 0 to 1) of the ordered samples, in one pass.
    private func interpolated(_ shares: [Double], in histogram: Histogram<UInt32>) -> [Double] {
        let places = shares.map { $0 * Double(count - 1) }
        var ranks: [Int] = []
        for place in places {
            ranks.append(Int(place))
            ranks.append(min(count - 1, Int(place) + 1))
        }
        // The percentiles' pairs of neighbours overlap in small samples: each rank is looked up once.
        let ordered = Set(ranks).sorted()
        var values: [Int: Double] = [:]
        var next = ordered.startIndex
        var before = 0
        for bucket in histogram.recordedValues() {
            let after = before + Int(bucket.count)
            while next < ordered.endIndex, ordered[next] < after {
                let rank = ordered[next]
                values[rank] = sample(rank, inBucketOf: bucket.value, before: before, after: after, histogram)
                next += 1
            }
            if next == ordered.endIndex { break }
            before = after
        }
        return places.indices.map { index in
            let low = values[ranks[2 * index]] ?? Double(largest)
            let high = values[ranks[2 * index + 1]] ?? Double(largest)
            let part = places[index] - places[index].rounded(.down)
            return low + (high - low) * part
        }
    }

    /// The sample of this rank (from 0), taking the bucket's samples as spread evenly over its width.
    private func sample(
        _ rank: Int, inBucketOf highest: UInt64, before: Int, after: Int, _ histogram: Histogram<UInt32>
    ) -> Double {
        if rank == 0 { return Double(smallest) }
        if rank == count - 1 { return Double(largest) }
        let low = Double(histogram.lowestEquivalentForValue(highest))
        let width = Double(highest) + 1 - low
        let share = (Double(rank - before) + 0.5) / Double(after - before)
        return min(max(low + width * share, Double(smallest)), Double(largest))
    }
}
