/// What is known of one latency over one window: the summary that screens, exports and recordings show.
/// All values in nanoseconds.
package struct Distribution: Hashable, Sendable, Codable {
    package var count: Int
    package var mean: Double
    package var standardDeviation: Double
    package var min: Double
    package var max: Double
    /// As measured, however few samples there were: ask `percentile(_:)` for what may be shown.
    package var p50: Double
    package var p90: Double
    package var p95: Double
    package var p99: Double
    package var bins: LogBins

    enum CodingKeys: String, CodingKey {
        case count, mean, standardDeviation, min, max, p50, p90, p95, p99, bins
    }

    package static let empty = Distribution(
        count: 0, mean: .nan, standardDeviation: .nan, min: .nan, max: .nan, p50: .nan, p90: .nan, p95: .nan,
        p99: .nan, bins: LogBins())

    package init(
        count: Int, mean: Double, standardDeviation: Double, min: Double, max: Double, p50: Double,
        p90: Double, p95: Double, p99: Double, bins: LogBins
    ) {
        self.count = count
        self.mean = mean
        self.standardDeviation = standardDeviation
        self.min = min
        self.max = max
        self.p50 = p50
        self.p90 = p90
        self.p95 = p95
        self.p99 = p99
        self.bins = bins
    }

    /// The percentile, or nil where there are too few samples to say: fewer than one expected beyond it.
    package func percentile(_ percentile: Percentile) -> Double? {
        bears(.percentile(percentile)) ? measured(.percentile(percentile)) : nil
    }

    /// As measured, however few samples there were; NaN without any.
    package func measured(_ statistic: LatencyBudget.Statistic) -> Double {
        switch statistic {
        case .mean: mean
        case .percentile(.p50): p50
        case .percentile(.p90): p90
        case .percentile(.p95): p95
        case .percentile(.p99): p99
        }
    }

    /// Whether there are enough samples for that to be shown.
    package func bears(_ statistic: LatencyBudget.Statistic) -> Bool {
        switch statistic {
        case .mean: count > 0
        case .percentile(let percentile): count >= percentile.samplesNeeded
        }
    }

    /// nil when there is nothing to take the mean of.
    package var knownMean: Double? { count > 0 ? mean : nil }
}

/// The percentiles that the program knows.
package enum Percentile: Int, Hashable, Sendable, Codable, CaseIterable {
    case p50 = 50
    case p90 = 90
    case p95 = 95
    case p99 = 99

    /// The fewest samples from which it may be shown: as many as leave one sample expected beyond it.
    package var samplesNeeded: Int {
        switch self {
        case .p50: 2
        case .p90: 10
        case .p95: 20
        case .p99: 100
        }
    }

    package var name: String { "p\(rawValue)" }
}
