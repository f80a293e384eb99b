import Measure

/// This program's own lag over the last five seconds or so.
struct RecentLags: Sendable {
    private static let kept = 512

    private var timer: [Nanoseconds] = []
    private var read: [Nanoseconds] = []
    private var send: [Nanoseconds] = []

    mutating func add(_ batch: SampleBatch) {
        Self.append(batch.timerLags, to: &timer)
        Self.append(batch.readLags, to: &read)
        Self.append(batch.requests.lazy.filter { !$0.wasCancelled && !$0.resent }.map(\.sendLag), to: &send)
    }

    var summary: LagSummary {
        LagSummary(
            timerP50: Self.percentile(0.5, of: timer), timerP99: Self.percentile(0.99, of: timer),
            readP99: Self.percentile(0.99, of: read), sendP50: Self.percentile(0.5, of: send),
            sendP99: Self.percentile(0.99, of: send))
    }

    private static func append(_ values: some Sequence<Nanoseconds>, to list: inout [Nanoseconds]) {
        list.append(contentsOf: values)
        if list.count > 2 * kept { list.removeFirst(list.count - kept) }
    }

    private static func percentile(_ share: Double, of values: [Nanoseconds]) -> Double? {
        let recent = values.suffix(kept).sorted()
        guard !recent.isEmpty else { return nil }
        return Double(recent[min(recent.count - 1, Int(Double(recent.count) * share))])
    }
}
