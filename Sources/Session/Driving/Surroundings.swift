import Client
import Measure
import Telemetry

/// What goes on around an endpoint while its windows are open: is the server still the same process, do the
/// GPUs run at full speed?
struct Surroundings: Sendable {
    private let server: ServerWatch?
    private let gpus: GPUWatch?

    /// - Parameter gpus: this machine's; asked only where the endpoint runs on this machine.
    init(of endpoint: DiscoveredEndpoint, gpus: GPUWatch?) async {
        self.gpus = endpoint.isOnThisMachine ? gpus : nil
        server = await ServerWatch(
            paths: endpoint.metricsPaths,
            calendar: { Double(WallAnchor.now().unixNanoseconds) / 1e9 },
            fetch: { path in
                do throws(RequestFailure) {
                    let page = try await endpoint.page(at: path)
                    return page.status == 200 ? .page(page.body) : .noPage
                } catch {
                    return error.kind == .connectionRefused ? .refused : .noAnswer
                }
            })
    }

    /// - Returns: what `windowClosed` wants back.
    func windowOpens() async -> ThrottleTally {
        await server?.remember()
        return gpus?.seen() ?? ThrottleTally()
    }

    func windowClosed(_ seenAtOpening: ThrottleTally, _ known: WindowCircumstances) async
        -> WindowCircumstances
    {
        var circumstances = known
        circumstances.gpuThrottled = gpus?.seen().since(seenAtOpening).isThrottled ?? false
        circumstances.serverRestarted = await server?.hasRestarted() ?? false
        return circumstances
    }
}
