import Collector
import Measure

/// A watch without a screen: what happens as it happens, and how things stand every ten seconds, on standard error;
/// with `--json`, a line an interval on standard output.
struct HeadlessWatch: SessionWatcher {
    let request: WatchRequest
    let collector: Collector
    let end: WatchEnd
    let parts: SessionParts

    private static let standing = 10 * Nanoseconds.second

    func watch(until watching: Task<Void, any Error>) async throws -> SessionEnding {
        let telling = Task { if !request.isOnce { await tell() } }
        let writing = Task { if request.output.json, !request.isOnce { await write() } }
        return await parts.heedingSignals(stop: end.stopAll) {
            _ = await watching.result
            for task in [telling, writing] {
                task.cancel()
                await task.value
            }
        }
    }

    private func tell() async {
        var beat = Beat(every: .second, parts)
        var news = WatchNews(standingEvery: Self.standing)
        while !Task.isCancelled {
            for line in news.lines(collector.snapshots.current) { parts.console.error(line + "\n") }
            await beat.next()
        }
    }

    private func write() async {
        var beat = Beat(every: request.interval, parts)
        var told = Moment.zero
        while true {
            await beat.next()
            guard !Task.isCancelled else { return }
            let snapshot = await collector.snapshotNow()
            parts.console.document(WatchJSON(snapshot, eventsAfter: told).text + "\n")
            told = snapshot.watch.events.last?.at ?? told
        }
    }
}
