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
            let hasFigures = watch.gpus?.scrape.isEmpty == false
            if hasFigures { await look(at: watch) }
            await parts.wait(hasFigures ? Self.pause : Self.firstPause)
        }
    }

    private mutating func look(at watch: WatchSnapshot) async {
        let service = await FileWork.run { [parts, gpus] in watch.service(by: parts.processes(), of: gpus) }
        guard service != told else { return }
        told = service
        await collector.take(.event(.gpusSaid(gpus, .serving(service), at: parts.clock.now())))
    }
}

extension WatchSnapshot {
    /// Which GPUs serve whom, as the processes are now.
    ///
    /// - Parameter source: the one that tells of this machine's own.
    func service(by processes: ProcessTable, of source: SourceID) -> GPUService {
        let ports = servers.reduce(into: [SourceID: Int]()) { $0[$1.id] = $1.info.localPort }
        let own = gpus?.scrape.filter { $0.source == source } ?? []
        return ServingGPUs(own, processes, ports: Set(ports.values)).service(of: ports)
    }
}
