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
    /// What was known of the GPUs as a level's window opened.
    private let tallies = Mutex<[Int: ThrottleTally]>([:])

    /// - Parameter gpus: this machine's; asked only where the endpoint runs on this machine.
    init(of endpoint: DiscoveredEndpoint, id: SourceID, gpus: GPUWatch?, scrubber: Scrubber) {
        let info = SourceInfo(id: id, name: "metrics of \(own: endpoint.info.label)")
        self.info = info
        self.gpus = endpoint.isOnThisMachine ? gpus : nil
        server = Task {
            await ServerWatch(
                id: id, name: info.name, paths: endpoint.metricsPaths,
                calendar: { Double(WallAnchor.now().unixNanoseconds) / 1e9 }, scrubber: scrubber,
                fetch: endpoint.metricsPage)
        }
    }

    /// The witnesses of these endpoints; their sources are numbered from `first`.
    static func all(
        of endpoints: [DiscoveredEndpoint], from first: SourceID, watchesGPUs: Bool, scrubber: Scrubber
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
            let witness = MachineWitness(of: endpoint, id: number(), gpus: gpus, scrubber: scrubber)
            all.ofEndpoint[endpoint.info.id] = witness
            all.sources.append(witness)
        }
        return all
    }

    func run(into taker: any EntryTaker) async { await server.value?.run(into: taker) }

    func windowOpens(_ level: Int) async {
        await server.value?.remember()
        tallies.withLock { $0[level] = gpus?.seen() }
    }

    func windowClosed(_ level: Int, _ known: WindowCircumstances) async -> WindowCircumstances {
        var circumstances = known
        let before = tallies.withLock { $0.removeValue(forKey: level) } ?? ThrottleTally()
        circumstances.gpuThrottled = gpus?.seen().since(before).isThrottled ?? false
        circumstances.serverRestarted = await server.value?.hasRestarted() ?? false
        return circumstances
    }
}

extension DiscoveredEndpoint {
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
