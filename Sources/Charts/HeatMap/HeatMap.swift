package import Canvas

/// Latencies over time, or over levels: a column a moment, a row a bucket, brighter where more answers lie. The budget's
/// limit crosses it, and p50 and p95 run over it.
///
/// The rows are the buckets that it's given (a server's own, or ours); where there's no room for each, neighbours share
/// one. It moves by whole columns: one more at the right is the same picture a column further left, as long as the rows
/// are held (`rows`).
package struct HeatMap: Hashable, Sendable {
    /// What was counted in one moment.
    package struct Column: Hashable, Sendable {
        /// One a bucket, from the lowest; missing ones are empty.
        package var counts: [Double]
        package var p50: Double?
        package var p95: Double?

        package init(counts: [Double], p50: Double? = nil, p95: Double? = nil) {
            self.counts = counts
            self.p50 = p50
            self.p95 = p95
        }
    }

    /// One thing that was seen at some moment, beside all that was counted.
    package struct Point: Hashable, Sendable {
        /// How many columns before the newest, which stands at the right edge.
        package var back: Int
        /// nil: it came to nothing.
        package var value: Double?

        package init(back: Int, value: Double?) {
            self.back = back
            self.value = value
        }
    }

    /// What stands below it.
    package enum Axis: Hashable, Sendable {
        /// The time of the left edge and of the right one; the newest column stands at the right edge.
        case time(from: String, to: String)
        /// A name for each column, from the left.
        case names([String])
    }

    /// The buckets' upper bounds, rising; the last one may be infinite. Nanoseconds, where the rows are latencies.
    package var bounds: [Double]
    /// Oldest first; nil where nothing is known, which looks different from no answers.
    package var columns: [Column?]
    package var axis: Axis
    /// Over columns of time, the oldest first.
    package var points: [Point]
    /// What the points are called.
    package var pointsName: String
    /// Upper limits, with their names.
    package var limits: [HistogramMarker]
    /// The buckets that are shown; nil: those with something in them. Pass settled ones to hold them still.
    package var rows: Range<Int>?
    package var gradient: ThemeGradient
    package var emptyText: String

    package init(
        bounds: [Double], columns: [Column?], axis: Axis, limits: [HistogramMarker] = [],
        rows: Range<Int>? = nil, gradient: ThemeGradient = .latency, emptyText: String = "nothing yet",
        points: [Point] = [], pointsName: String = ""
    ) {
        self.bounds = bounds
        self.columns = columns
        self.axis = axis
        self.limits = limits
        self.rows = rows
        self.gradient = gradient
        self.emptyText = emptyText
        self.points = points
        self.pointsName = pointsName
    }

    static let labelColumns = 6

    /// How many columns of time have room in `rect`.
    package static func plotColumns(in rect: Rect) -> Int {
        max(0, rect.width - (rect.width >= leastForLabels ? labelColumns : 0))
    }

    static let leastForLabels = 20

    /// The buckets in which something lies, and one more at either side; the limits' and the points', too, where they
    /// aren't far off.
    /// nil while there is nothing.
    package var fittedRows: Range<Int>? {
        let filled = bounds.indices.filter { row in
            columns.contains { ($0?.counts.at(row) ?? 0) > 0 }
        }
        let seen = points.compactMap { $0.value.flatMap(row) }
        guard var first = filled.first ?? seen.min(), var last = filled.last ?? seen.max() else { return nil }
        for row in limits.compactMap({ row(of: $0.value) }) + seen {
            guard (first - 8...last + 8).contains(row) else { continue }
            first = min(first, row)
            last = max(last, row)
        }
        return max(0, first - 1)..<min(bounds.count, last + 2)
    }

    /// The bucket in which a value lies; nil for what lies beyond the last one, and for NaN.
    func row(of value: Double) -> Int? {
        guard !value.isNaN, value > 0 else { return nil }
        return bounds.firstIndex { value <= $0 }
    }
}

extension Array {
    /// nil in place of a trap.
    func at(_ index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
