import Measure

/// This program's own lag over the last five seconds or so.
struct RecentLags: Sendable {
    private static let kept = 512

    private var timer: [Nanoseconds] = []
    private var read: [Nanoseconds] = []
    private var change: [Nanoseconds] = []
    private var send: [Nanoseconds] = []

    mutating func add(_ batch: SampleBatch) {
        Self.append(batch.timerLags, to: &timer)
        Self.append(batch.readLags, to: &read)
        Self.append(batch.readLagChanges, to: &change)
        Self.append(batch.requests.lazy.filter { !$0.wasCancelled && !$0.resent }.map(\.sendLag), to: &send)
    }

    var summary: LagSummary {
        func percentiles(_ list: [Nanoseconds]) -> (p50: Double?, p90: Double?, p95: Double?, p99: Double?) {
            let recent = list.suffix(Self.kept).sorted()
            func value(_ share: Double) -> Double? {
                guard !recent.isEmpty else { return nil }
                return Double(recent[min(recent.count - 1, Int(Double(recent.count) * share))])
            }
            return (value(0.5), value(0.9), value(0.95), value(0.99))
        }
        let (timer, read, send) = (percentiles(timer), percentiles(read), percentiles(send))
        let change = percentiles(change)
        return LagSummary(
            timerP50: timer.p50, timerP90: timer.p90, timerP95: timer.p95, timerP99: timer.p99,
            readP50: read.p50, readP90: read.p90, readP95: read.p95, readP99: read.p99,
            sendP50: send.p50, sendP90: send.p90, sendP95: send.p95, sendP99: send.p99, changeP50: change.p50,
            changeP90: change.p90,
            changeP95: change.p95, changeP99: change.p99)
    }

    private static func append(_ values: some Sequence<Nanoseconds>, to list: inout [Nanoseconds]) {
        list.append(contentsOf: values)
        if list.count > 2 * kept { list.removeFirst(list.count - kept) }
    }
}
