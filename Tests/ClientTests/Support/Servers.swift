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

// No time-out of these ends anything on a busy machine: a suite's time limit would be what ends it. Tests of
// time-outs say theirs.

extension ClientSettings {
    static func patient(
        api: (any Dialect.Type)? = nil, apiKey: Secret? = nil, headers: [(name: String, value: Secret)] = [],
        wait: Nanoseconds = 0
    ) -> ClientSettings {
        ClientSettings(
            api: api, apiKey: apiKey, headers: headers, connectTimeout: 3600 * .second,
            requestTimeout: 3600 * .second, wait: wait)
    }
}

extension EndpointDiscovery {
    static func patient(_ settings: ClientSettings = .patient(), inputTokens: Int = 40) -> EndpointDiscovery {
        var discovery = EndpointDiscovery(settings: settings, inputTokens: inputTokens, seed: 42)
        discovery.unneededPageLimit = settings.requestTimeout
        return discovery
    }
}

func discover(
    _ url: String, model: String? = nil, inputTokens: Int = 40, settings: ClientSettings = .patient(),
    id: EndpointID = EndpointID(0)
) async throws -> DiscoveredEndpoint {
    let discovery = EndpointDiscovery.patient(settings, inputTokens: inputTokens)
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
