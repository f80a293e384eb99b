import Collector
import Measure
import Telemetry

/// Looks beside a sweep, now and then, which GPUs serve whom: on a thread on which that may take as long as it likes.
struct ServiceLooks {
    private let collector: Collector
    private let parts: SessionParts
    /// The source that brings the GPUs' readings.
    private let gpus: SourceID
    private var told = GPUService()

    private static let pause = 10 * Nanoseconds.second
    /// Until there is a reading of them.
    private static let firstPause = Nanoseconds.second

    init(_ collector: Collector, gpus: SourceID, parts: SessionParts) {
        self.collector = collector
        self.gpus = gpus
        self.parts = parts
    }

    /// Until its task is cancelled.
    mutating func run() async {
        while !Task.isCancelled {
            let watch = collector.snapshots.current.watch
            let figures = watch.gpus?.scrape ?? []
            if !figures.isEmpty { await look(figures, watch.servers) }
            await parts.wait(figures.isEmpty ? Self.firstPause : Self.pause)
        }
    }

    private mutating func look(_ figures: [GPUFigures], _ servers: [ServerSnapshot]) async {
        let ports = servers.reduce(into: [SourceID: Int]()) { $0[$1.id] = $1.info.localPort }
        let service = await FileWork.run { [parts] in
            ServingGPUs(figures, parts.processes(), ports: Set(ports.values)).service(of: ports)
        }
        guard service != told else { return }
        told = service
        await collector.take(.event(.gpusSaid(gpus, .serving(service), at: parts.clock.now())))
    }
}
