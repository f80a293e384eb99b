import Collector
import Measure

/// Without a screen: a line a level on standard error.
struct HeadlessWatcher: SessionWatcher {
    let collector: Collector
    let helm: Helm
    let parts: SessionParts

    func watch(until sweeping: Task<Void, any Error>) async throws -> SessionEnding {
        let (results, told) = AsyncStream.makeStream(of: LevelResult.self)
        await collector.listen { news in
            if case .finished(let result) = news { told.yield(result) }
        }
        let reporting = Task { await report(results) }
        return await parts.heedingSignals(stop: helm.stopAll) {
            _ = await sweeping.result
            told.finish()
            await reporting.value
        }
    }

    /// Prints each level once, as its figures become final, and first those that are.
    private func report(_ results: AsyncStream<LevelResult>) async {
        var printed: Set<LevelName> = []
        for endpoint in await collector.snapshotNow().endpoints {
            for level in endpoint.levels { show(level, &printed) }
        }
        for await level in results { show(level, &printed) }
    }

    private struct LevelName: Hashable {
        var endpoint: EndpointID
        var level: Int
    }

    private func show(_ level: LevelResult, _ printed: inout Set<LevelName>) {
        guard printed.insert(LevelName(endpoint: level.endpoint, level: level.level)).inserted else { return }
        let endpoints = collector.snapshots.current.endpoints
        guard let endpoint = endpoints.first(where: { $0.info.id == level.endpoint }) else { return }
        parts.console.error(ProgressLine.text(level, of: endpoint, among: endpoints.count))
    }
}

extension SessionParts {
    /// Does `work`; the first signal that comes meanwhile has `stop` end it.
    func heedingSignals(
        stop: @escaping @Sendable () -> Void, _ work: () async -> Void
    ) async -> SessionEnding {
        let signals = signals()
        defer { signals.cancel() }
        let stopping = Task { [console, stream = signals.stream] in
            for await number in stream {
                console.error("plimsoll: stopping (\(number == 2 ? "^C" : "signal \(number)")) …\n")
                stop()
            }
        }
        await work()
        stopping.cancel()
        return signals.first.map { .signal($0) } ?? .done
    }
}
