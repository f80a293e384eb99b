import Testing

@testable import Measure

@Suite struct BucketCountsTests {
    private let some = BucketCounts(bounds: [10, 20, 40, .infinity], counts: [2, 4, 2, 2])

    /// The values are Prometheus' own for these buckets.
    @Test(
        arguments: [
            (0.0, 0.0), (0.1, 5), (0.2, 10), (0.4, 15), (0.6, 20), (0.7, 30), (0.8, 40),
        ])
    func insideABucket(share: Double, value: Double) {
        #expect(some.quantile(share) == BucketQuantile(value: value, isAtLeast: false))
    }

    @Test func inTheLastBucketItIsAtLeast() {
        #expect(some.quantile(0.95) == BucketQuantile(value: 40, isAtLeast: true))
    }

    @Test func nothingHasNoQuantile() {
        #expect(BucketCounts(bounds: [1, .infinity], counts: [0, 0]).quantile(0.5) == nil)
        #expect(BucketCounts(bounds: [.infinity], counts: [3]).quantile(0.5) == nil)
        #expect(BucketCounts(bounds: [], counts: []).quantile(0.5) == nil)
    }

    @Test(
        arguments: [
            (10.0, 0.2...0.2), (15, 0.2...0.6), (20, 0.6...0.6), (40, 0.8...0.8), (41, 0.8...1), (5, 0...0.2),
        ])
    func shares(limit: Double, share: ClosedRange<Double>) { #expect(some.share(below: limit) == share) }

    /// A page may count up to whatever a number can hold.
    @Test func countsWithoutEndHaveNoShare() {
        #expect(BucketCounts(bounds: [1, .infinity], counts: [.infinity, 1]).share(below: 1) == nil)
        #expect(BucketCounts(bounds: [1, .infinity], counts: [.nan, 1]).share(below: 1) == nil)
    }

    @Test func otherBucketsDoNotMerge() {
        #expect(some.merged(with: some)?.counts == [4, 8, 4, 4])
        #expect(some.merged(with: BucketCounts(bounds: [10, .infinity], counts: [1, 1])) == nil)
    }
}
