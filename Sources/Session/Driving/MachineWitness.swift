import Client
import Measure
import Synchronization
import Telemetry

/// The server's page of metrics and, where the endpoint runs on this machine, its GPUs.
final class MachineWitness: WindowWitness, Source {
    let info: SourceInfo
    /// The pages are asked for while the first level warms up already: nobody waits for a server to find them.
    private let server: Task<ServerWatch?, Never>
    private let gpus: GPUWatch?
    private let endpoint: EndpointInfo
    private let pace: ScrapePace
    /// What was known of the GPUs as a level's window opened.
    private let tallies = Mutex<[Int: ThrottleTally]>([:])

    /// - Parameter gpus: this machine's; asked only where the endpoint runs on this machine.
    init(
        of endpoint: DiscoveredEndpoint, id: SourceID, gpus: GPUWatch?, pace: ScrapePace, scrubber: Scrubber
    ) {
        let info = SourceInfo(
            id: id, name: "metrics of \(own: endpoint.info.label)", role: .server(endpoint.watched))
        self.info = info
        self.endpoint = endpoint.info
        self.pace = pace
        self.gpus = endpoint.isOnThisMachine ? gpus : nil
        server = Task {
            await ServerWatch(
                info, paths: endpoint.metricsPaths,
                calendar: { Double(WallAnchor.now().unixNanoseconds) / 1e9 }, pace: pace, scrubber: scrubber,
                fetch: endpoint.metricsPage)
        }
    }

    /// The witnesses of these endpoints; their sources are numbered from `first`.
    static func all(
        of endpoints: [DiscoveredEndpoint], from first: SourceID, watchesGPUs: Bool, pace: ScrapePace,
        scrubber: Scrubber
    ) -> Witnesses {
        var next = Int(first.index)
        func number() -> SourceID {
            defer { next += 1 }
            return SourceID(next)
        }
        let isHere = watchesGPUs && endpoints.contains(where: \.isOnThisMachine)
        let gpus = isHere ? GPUWatch(id: number()) : nil
        var all = Witnesses(sources: gpus.map { [$0] } ?? [])
        for endpoint in endpoints {
            let witness = MachineWitness(
                of: endpoint, id: number(), gpus: gpus, pace: pace, scrubber: scrubber)
            all.ofEndpoint[endpoint.info.id] = witness
            all.sources.append(witness)
        }
        return all
    }

    func run(into taker: any EntryTaker) async {
        guard let server = await server.value else { return }
        await taker.take(
            .event(
                .serverSaid(
                    info.id, .named(model: endpoint.model, server: endpoint.server), at: SystemTime.now())))
        await server.run(into: taker)
    }

    func others() async -> (source: SourceID, load: ForeignLoad)? {
        await server.value?.others().map { (info.id, $0) }
    }

    func windowOpens(_ level: Int) async {
        await server.value?.remember()
        pace.windowOpens(of: endpoint.id)
        tallies.withLock { $0[level] = gpus?.seen() }
    }

    func windowClosed(_ level: Int, _ known: WindowCircumstances) async -> WindowCircumstances {
        var circumstances = known
        let before = tallies.withLock { $0.removeValue(forKey: level) } ?? ThrottleTally()
        circumstances.gpuThrottled = gpus?.seen().since(before).isThrottled ?? false
        pace.windowClosed(of: endpoint.id)
        circumstances.serverRestarted = await server.value?.hasRestarted() ?? false
        return circumstances
    }
}

extension DiscoveredEndpoint {
    fileprivate var watched: WatchedServer {
        WatchedServer(
            url: info.url.text, label: info.label, endpoint: info.id,
            localPort: localPort)
    }

    /// As whoever looks at pages of metrics wants to know it.
    @Sendable func metricsPage(at path: String) async -> ServerWatch.Reply {
        do throws(RequestFailure) {
            let page = try await page(at: path)
            return page.status == 200 ? .page(page.body) : .noPage
        } catch {
            return error.kind == .connectionRefused ? .refused : .noAnswer
        }
    }
}
