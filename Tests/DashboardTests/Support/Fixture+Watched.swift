import Measure

/// A sweep of a server whose page is read, on a machine whose GPUs are seen.
extension Fixture {
    static var watched: Snapshot {
        var snapshot = sweep
        for index in snapshot.endpoints.indices {
            for level in snapshot.endpoints[index].levels.indices {
                snapshot.endpoints[index].levels[level].telemetry = telemetry(
                    of: snapshot.endpoints[index].levels[level])
            }
        }
        snapshot.watch.servers = [server(of: snapshot.endpoints[0], at: snapshot.at)]
        snapshot.watch.gpus = gpus(at: snapshot.at)
        return snapshot
    }

    private static func telemetry(of level: LevelResult) -> LevelTelemetry {
        var told = LevelTelemetry()
        let users = level.load.amount
        told.ttft = level.ttft.mean - 3e6
        told.queue = users > 32 ? 40e6 : 200_000
        told.prefill = told.ttft.map { $0 - (users > 32 ? 40e6 : 200_000) }
        told.waitingMax = max(0, users - 32)
        told.kvMax = min(1, users / 64)
        told.preemptions = users > 60 ? 3 : 0
        told.prefixHitRate = 0
        told.gpuUtilisation = 0.94
        told.watts = 1_224
        told.throttledShare = 0.02
        told.joulesPerToken = 800 / (users + 8)
        if users == 8 { told.foreign = ForeignLoad(requestsPerSecond: 3.2) }
        return told
    }

    private static func server(of endpoint: EndpointSnapshot, at now: Moment) -> ServerSnapshot {
        var figures = ServerFigures()
        figures.elapsed = 5 * .second
        figures.running = 45
        figures.waiting = 3
        figures.kvUsage = 0.71
        figures.prefixHitRate = 0.01
        figures.preemptionsPerSecond = 0
        figures.ttft = LatencyFigures(count: 60, mean: 81e6, buckets: nil)
        figures.queue = LatencyFigures(count: 60, mean: 31e6, buckets: nil)
        figures.prefill = LatencyFigures(count: 60, mean: 50e6, buckets: nil)
        var server = ServerSnapshot(
            id: SourceID(2),
            info: WatchedServer(
                url: endpoint.info.url.text, label: endpoint.info.label, endpoint: endpoint.info.id,
                localPort: 8000),
            past: Past(figures: figures, end: now))
        server.kind = .vllm
        server.server = "vLLM 0.33.0"
        server.status = .up
        server.lastReading = now - 2 * .second
        server.gpus = [0, 1]
        server.facts = WatchFacts(
            at: now, scrape: figures, minute: figures, fiveMinutes: figures, quarterHour: figures,
            hour: figures)
        return server
    }

    private static func gpus(at now: Moment) -> GPUsSnapshot {
        var snapshot = GPUsSnapshot(past: NoGPUPast())
        snapshot.scrape = (0..<3).map { index in
            var gpu = GPUFigures(index: index)
            gpu.name = "NVIDIA H100 80GB HBM3"
            gpu.utilisation = index < 2 ? 0.94 : 0
            gpu.memoryUsed = index < 2 ? 71e9 : 1e9
            gpu.memoryTotal = 80e9
            gpu.watts = index < 2 ? 612 : 88
            gpu.wattsLimit = 700
            gpu.celsius = index < 2 ? 61 : 34
            gpu.clockMHz = 1_980
            gpu.throttledShare = index == 1 ? 0.64 : 0
            gpu.powerCappedShare = gpu.throttledShare
            return gpu
        }
        snapshot.minute = snapshot.scrape
        snapshot.sources = [
            GPUSourceSnapshot(id: SourceID(0), name: SourceInfo.ownGPUs, lastReading: now)
        ]
        snapshot.service = GPUService(byServer: [SourceID(2): [0, 1]], foreign: [2])
        return snapshot
    }

    /// A page every five seconds.
    private struct Past: ServerPast {
        var figures: ServerFigures
        var end: Moment

        func course(since moment: Moment, engine: String?) -> [(at: Moment, figures: ServerFigures)] {
            (0..<24).reversed().map { back in
                var then = figures
                then.running = Double(45 - back)
                then.waiting = Double(max(0, 3 - back))
                then.kvUsage = 0.71 - Double(back) / 40
                return (end - Int64(back) * 5 * .second, then)
            }
        }

        func figures(overLast span: Nanoseconds, at moment: Moment, engine: String?) -> ServerFigures? {
            figures
        }
    }

    private struct NoGPUPast: GPUPast {
        func course(since moment: Moment) -> [(at: Moment, gpus: [GPUFigures])] { [] }
        func figures(overLast span: Nanoseconds, at moment: Moment) -> [GPUFigures] { [] }
    }
}
