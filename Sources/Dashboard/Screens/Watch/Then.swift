import Measure

/// How all stood at the cursor: a snapshot of then, of what is kept of the past, so that what is drawn of now is drawn of
/// then in the same way.
struct Then: Sendable {
    let cursor: Moment
    let watch: WatchSnapshot

    private static let minute = 60 * Nanoseconds.second

    init(_ cursor: Moment, _ snapshot: Snapshot, budget: LatencyBudget?) {
        self.cursor = cursor
        var watch = snapshot.watch
        watch.gpus = watch.gpus.map { Self.gpus($0, at: cursor) }
        watch.servers = watch.servers.map { Self.server($0, at: cursor, budget, gpus: watch.gpus) }
        self.watch = watch
    }

    private static func server(
        _ now: ServerSnapshot, at cursor: Moment, _ budget: LatencyBudget?, gpus: GPUsSnapshot?
    ) -> ServerSnapshot {
        let stood = now.past.standing(at: cursor, budget: budget)
        var then = now
        then.status = stood.status
        then.facts = stood.facts
        then.findings = stood.findings
        then.loadLine = stood.loadLine
        then.session = nil
        then.engines = now.engines.compactMap { engine in
            now.past.figures(overLast: minute, at: cursor, engine: engine.name.text).map {
                EngineSnapshot(name: engine.name, scrape: $0, minute: $0)
            }
        }
        then.joulesPerToken = joules(then, gpus)
        then.canaries = now.canaries.filter { $0.at <= cursor }
        return then
    }

    /// Watts by tokens a second.
    private static func joules(_ server: ServerSnapshot, _ gpus: GPUsSnapshot?) -> Result<Double, NoEnergy> {
        guard let gpus, let minute = server.facts?.minute, let elapsed = minute.elapsed else {
            return .failure(.notMeasured)
        }
        guard server.info.localPort != nil else { return .failure(.elsewhere) }
        let figures = gpus.minute.filter { $0.source == gpus.serviceSource }.map { gpu in
            var gpu = gpu
            if case .joules = gpu.energy {
                gpu.energy = gpu.meanWatts.map { .joules($0 * elapsed.inSeconds) } ?? .unknown(.notMeasured)
            }
            return gpu
        }
        return gpus.service.joulesPerToken(
            of: (server.id, minute), gpus: figures,
            serverChanged: server.findings.contains { $0.diagnosis == .restarted })
    }

    private static func gpus(_ now: GPUsSnapshot, at cursor: Moment) -> GPUsSnapshot {
        var then = now
        then.minute = now.past.figures(overLast: minute, at: cursor)
        then.scrape = then.minute
        then.findings = GPUDiagnosis.found(in: then.minute, withHost: then.minute.areOfSeveralHosts)
        // Whose figures there are none of didn't answer; why, is among the events.
        then.sources = now.sources.map { source in
            let isThere = then.minute.contains { $0.source == source.id }
            return GPUSourceSnapshot(
                id: source.id, name: source.name, lastReading: isThere ? cursor : nil)
        }
        return then
    }
}
