import Client
import Measure
import Simulator
import Wire

@testable import Client

/// Starts a simulator, hands it over, stops it.
func withServer<Result: Sendable>(
    _ settings: SimulatorSettings = .quick, _ body: (SimulatedServer) async throws -> Result
) async throws -> Result {
    let server = try await SimulatedServer.start(settings)
    do {
        let result = try await body(server)
        await server.stop()
        return result
    } catch {
        await server.stop()
        throw error
    }
}

extension SimulatorSettings {
    /// So fast that a test takes no time.
    static let quick = SimulatorSettings(
        mode: .paced(PacedModel(ttft: 2 * .millisecond, tpot: 200 * .microsecond, tick: 0)))
}

func discover(
    _ url: String, model: String? = nil, inputTokens: Int = 40, settings: ClientSettings = ClientSettings(),
    id: EndpointID = EndpointID(0)
) async throws -> DiscoveredEndpoint {
    let discovery = EndpointDiscovery(settings: settings, inputTokens: inputTokens, seed: 42)
    return try await discovery.discover(EndpointAddress(parsing: url), id: id, model: model)
}

extension DiscoveredEndpoint {
    /// The same endpoint asked for another model: one of the simulator's faults, which discovery would
    /// stumble over.
    func asking(for model: String, settings: ClientSettings? = nil) -> DiscoveredEndpoint {
        var copy = self
        copy.model = model
        if let settings { copy.settings = settings }
        return copy
    }
}
