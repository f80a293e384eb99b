/// Observations in Prometheus' buckets. Recording allocates nothing.
struct MetricHistogram: Hashable, Sendable {
    /// Upper ends, rising, without the infinite one.
    let bounds: [Double]
    /// One for each bound, and one for what is above all of them.
    private(set) var counts: [Int]
    private(set) var sum = 0.0

    init(_ bounds: [Double]) {
        self.bounds = bounds
        counts = [Int](repeating: 0, count: bounds.count + 1)
    }

    var count: Int { counts.reduce(0, +) }

    mutating func record(_ value: Double) {
        var place = 0
        while place < bounds.count, value > bounds[place] { place += 1 }
        counts[place] += 1
        sum += value
    }

    mutating func add(_ other: MetricHistogram) {
        for place in counts.indices { counts[place] += other.counts[place] }
        sum += other.sum
    }

    // vLLM's.
    static let firstToken = [
        0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80, 160,
        640, 2560,
    ]
    static let tokenGap = [
        0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80,
    ]
    static let request = [
        0.3, 0.5, 0.8, 1, 1.5, 2, 2.5, 5, 10, 15, 20, 30, 40, 50, 60, 120, 240, 480, 960, 1920, 7680,
    ]
    static let length = [
        1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000,
    ].map(Double.init)
    static let step = [1, 8, 16, 32, 64, 128, 256, 512, 1_024, 2_048, 4_096, 8_192, 16_384].map(Double.init)
    static let choices = [1, 2, 5, 10, 20].map(Double.init)
    static let preemptions = [1, 2, 3, 4, 5, 10, 20].map(Double.init)
}
