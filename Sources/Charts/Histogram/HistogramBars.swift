import Measure

/// A distribution's buckets, laid on the columns of a chart.
struct HistogramBars {
    /// Counts in each column; fractions, because a bucket may lie across two.
    private(set) var columns: [Double]
    /// What lies before and beyond the axis.
    private(set) var below: Double
    private(set) var above: Double

    init(_ bins: LogBins, range: AxisRange, columns count: Int) {
        columns = Array(repeating: 0, count: max(0, count))
        below = Double(bins.underflow)
        above = Double(bins.overflow)
        guard count > 0, range.isUsable else { return }
        let left = LogBins.position(of: range.lower)
        let right = LogBins.position(of: range.upper)
        guard right > left else { return }
        let scale = Double(count) / (right - left)
        for (index, value) in bins.counts.enumerated() where value > 0 {
            spread(Double(value), from: (Double(index) - left) * scale, width: scale)
        }
    }

    /// Spreads a bucket evenly over the columns that it covers.
    private mutating func spread(_ value: Double, from start: Double, width: Double) {
        let end = start + width
        let limit = Double(columns.count)
        // Half a bucket beyond the edge is still the axis's first or last value.
        let middle = (start + end) / 2
        if middle < 0 {
            below += value
            return
        }
        if middle >= limit {
            above += value
            return
        }
        let from = max(0, start)
        let to = min(limit, end)
        guard to > from else { return }
        var column = Int(from)
        while column < columns.count, Double(column) < to {
            let share = min(to, Double(column + 1)) - max(from, Double(column))
            columns[column] += value * share / (to - from)
            column += 1
        }
    }

    var total: Double { columns.reduce(below + above, +) }
}
