import Charts
import Measure

extension WatchMemory.Course {
    func has(_ metric: HeatPanel.Metric) -> Bool {
        points.contains { metric.latency(in: $0.figures)?.buckets != nil }
    }

    /// The newest buckets: a server that was restarted may have others than before.
    func bounds(_ metric: HeatPanel.Metric) -> [Double] {
        for point in points.reversed() {
            if let buckets = metric.latency(in: point.figures)?.buckets { return buckets.bounds }
        }
        return []
    }

    /// A column of the map for each of time; nil where nothing is known in these buckets.
    func columns(
        _ metric: HeatPanel.Metric, bounds: [Double], _ time: TimeColumns
    ) -> [HeatMap.Column?] {
        time.cut(points.map { ($0.at, $0.figures.elapsed) }).map { range in
            guard let range else { return nil }
            var counts = [Double](repeating: 0, count: bounds.count)
            var isKnown = false
            for point in points[range] {
                guard let latency = metric.latency(in: point.figures) else { continue }
                if latency.count == 0 { isKnown = true }
                guard let buckets = latency.buckets, buckets.bounds == bounds,
                    buckets.counts.count == counts.count
                else { continue }
                isKnown = true
                for (place, count) in buckets.counts.enumerated() { counts[place] += count }
            }
            guard isKnown else { return nil }
            let all = BucketCounts(bounds: bounds, counts: counts)
            return HeatMap.Column(
                counts: counts, p50: all.quantile(0.5)?.value, p95: all.quantile(0.95)?.value)
        }
    }
}
