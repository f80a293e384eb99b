import Charts
import Collector
import Measure
import Sweep
import System

/// Without a screen: a line a level on standard error.
struct HeadlessWatcher: SessionWatcher {
    let collector: Collector
    let steering: SteeringQueue
    let endpoints: [EndpointID]

    func watch(until sweeping: Task<Void, any Error>) async throws -> SessionEnding {
        let signals = StopSignals()
        defer { signals.cancel() }
        let reporting = Task { await report() }
        let stopping = Task { [stream = signals.stream] in
            for await number in stream {
                StandardStreams.error("plimsoll: stopping (\(number == 2 ? "^C" : "signal \(number)")) …\n")
                for endpoint in endpoints { steering.ask(.stop, of: endpoint) }
            }
        }
        _ = await sweeping.result
        reporting.cancel()
        stopping.cancel()
        await reporting.value
        return signals.first.map { .signal($0) } ?? .done
    }

    /// Prints each level once, as its figures become final.
    private func report() async {
        var printed: [EndpointID: Int] = [:]
        var isLast = false
        while true {
            let snapshot = isLast ? await collector.snapshotNow() : collector.snapshots.current
            for endpoint in snapshot.endpoints {
                let before = printed[endpoint.info.id] ?? 0
                for level in endpoint.levels.dropFirst(before) {
                    StandardStreams.error(
                        ProgressLine.text(level, of: endpoint, among: snapshot.endpoints.count))
                }
                printed[endpoint.info.id] = endpoint.levels.count
            }
            if isLast { return }
            try? await Task.sleep(for: .milliseconds(200))
            isLast = Task.isCancelled
        }
    }
}
