/// Observations in the buckets of a server's own histogram: all that is known of where they lie.
package struct BucketCounts: Hashable, Sendable {
    /// Upper ends, rising; the last is infinite. Nanoseconds, or tokens where it counts lengths.
    package var bounds: [Double]
    /// How many lie in each bucket alone.
    package var counts: [Double]

    package init(bounds: [Double], counts: [Double]) {
        self.bounds = bounds
        self.counts = counts
    }

    package var total: Double { counts.reduce(0, +) }

    /// By the rule of Prometheus' `histogram_quantile`: evenly spread inside a bucket, the first of which begins
    /// at 0. nil when there is nothing in them.
    package func quantile(_ share: Double) -> BucketQuantile? {
        let total = total
        guard total > 0, bounds.count >= 2, bounds.count == counts.count else { return nil }
        let rank = share * total
        var below = 0.0
        for (place, count) in counts.dropLast().enumerated() {
            guard below + count >= rank, count > 0 else {
                below += count
                continue
            }
            guard place > 0 || bounds[0] > 0 else {
                return BucketQuantile(value: bounds[0], isAtLeast: false)
            }
            let start = place > 0 ? bounds[place - 1] : 0
            return BucketQuantile(
                value: start + (bounds[place] - start) * max(0, rank - below) / count, isAtLeast: false)
        }
        return BucketQuantile(value: bounds[bounds.count - 2], isAtLeast: true)
    }

    /// Between which shares the observations below `limit` lie: whole buckets count for certain, the one that the
    /// limit cuts may lie on either side. nil when there is nothing in them.
    package func share(below limit: Double) -> ClosedRange<Double>? {
        let total = total
        guard total > 0, total.isFinite else { return nil }
        var certain = 0.0
        var possible = 0.0
        var start = 0.0
        for (bound, count) in zip(bounds, counts) {
            if bound <= limit { certain += count }
            // A bucket's lower end is not in it.
            if start < limit { possible += count }
            start = bound
        }
        return certain / total...max(certain, possible) / total
    }

    /// Both together; nil where their buckets aren't the same.
    package func merged(with other: BucketCounts) -> BucketCounts? {
        guard bounds == other.bounds else { return nil }
        return BucketCounts(bounds: bounds, counts: zip(counts, other.counts).map { $0 + $1 })
    }
}

/// What buckets tell of a quantile: a guess between a bucket's ends (shown with `~`), or, where it lies in the last
/// bucket, no more than a lower bound (`≥`).
package struct BucketQuantile: Hashable, Sendable {
    package var value: Double
    package var isAtLeast: Bool

    package init(value: Double, isAtLeast: Bool) {
        self.value = value
        self.isAtLeast = isAtLeast
    }
}
