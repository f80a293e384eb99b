import Client
import Collector
import Measure
import Telemetry
import Wire

/// Looks around on this machine as long as a watch lasts: which servers there are, and which GPUs serve them. On
/// threads on which it may take as long as it likes.
actor MachineLooks {
    private let request: WatchRequest
    private let parts: SessionParts
    private let collector: Collector
    private let crew: WatchCrew
    /// When ports of which nobody knows whose they are may be asked again.
    private var strangers: [Int: Moment] = [:]
    private var service = GPUService()
    /// This machine's GPUs, once they are looked at.
    private var gpuSource: SourceID?

    private static let pause = 5 * Nanoseconds.second
    private static let strangerPause = 30 * Nanoseconds.second

    init(_ request: WatchRequest, parts: SessionParts, collector: Collector, crew: WatchCrew) {
        self.request = request
        self.parts = parts
        self.collector = collector
        self.crew = crew
    }

    /// - Returns: how many servers there are now that weren't there before.
    @discardableResult
    func look() async -> Int {
        let table = await FileWork.run { [parts] in parts.processes() }
        let found = request.discovers ? await findServers(in: table) : 0
        await tellService(table)
        return found
    }

    /// Again and again, until the task is cancelled.
    func run() async {
        var beat = Beat(every: Self.pause, parts)
        while !Task.isCancelled {
            await beat.next()
            guard !Task.isCancelled else { return }
            await look()
            await watchGPUs()
        }
    }

    private func findServers(in table: ProcessTable) async -> Int {
        let now = parts.clock.now()
        let found = ServerFinder.servers(in: table)
        let servers = found.filter { $0.process != nil }
        let ports = found.filter { $0.process == nil && strangers[$0.socket.port, default: .zero] <= now }
        for port in ports { strangers[port.socket.port] = now + Self.strangerPause }
        let known = await crew.add(Self.addresses(servers))
        return known + (await crew.add(Self.addresses(ports), ifFit: true))
    }

    private static func addresses(_ found: [ServerFinder.Found]) -> [WatchedAddress] {
        found.compactMap { (try? EndpointAddress(parsing: $0.url)).map(WatchedAddress.init) }
    }

    // MARK: GPUs

    /// This machine's, where one of the servers is on it or the servers of this machine are looked for.
    func watchGPUs() async {
        let servers = collector.snapshots.current.watch.servers
        guard request.watchesGPUs, gpuSource == nil,
            request.discovers || servers.contains(where: { $0.info.localPort != nil })
        else { return }
        gpuSource = await crew.add { [parts] in parts.gpus($0) }
    }

    /// Who serves whom, when that has changed.
    private func tellService(_ table: ProcessTable) async {
        let watch = collector.snapshots.current.watch
        guard let gpus = gpuSource, watch.gpus != nil else { return }
        let service = watch.service(by: table, of: gpus)
        guard service != self.service else { return }
        self.service = service
        await collector.take(.event(.gpusSaid(gpus, .serving(service), at: parts.clock.now())))
    }
}
