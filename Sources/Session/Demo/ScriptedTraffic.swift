package import Client
package import Measure
package import Wire

/// Users that come and go by a script, as somebody else's would: nobody here looks at what they get.
package struct ScriptedTraffic: Sendable {
    private let script: TrafficScript
    private let endpoints: [EndpointID]
    private let load: LoadGenerator
    private let parts: SessionParts
    private let dropping: Task<Void, Never>

    /// How soon users follow the script.
    private static let step = 500 * Nanoseconds.millisecond

    /// On these servers, in the script's order.
    ///
    /// - Throws: where one of them can't be used.
    package init(
        _ script: TrafficScript, on addresses: [EndpointAddress], workload: Workload, client: ClientSettings,
        parts: SessionParts
    ) async throws {
        self.script = script
        self.parts = parts
        let load = try await LoadGenerator(loops: 1)
        self.load = load
        dropping = Task { await load.run(into: Nobody()) }
        var endpoints: [EndpointID] = []
        for (index, address) in addresses.enumerated() {
            let discovery = EndpointDiscovery(
                settings: client, inputTokens: workload.inputTokens, seed: UInt64(index))
            let endpoint = try await discovery.discover(address, id: EndpointID(index), model: nil)
            try await load.add(endpoint, requestedTokens: workload.outputTokens, seed: 1)
            endpoints.append(endpoint.info.id)
        }
        self.endpoints = endpoints
    }

    /// Until it is cancelled: then all users have gone.
    package func run() async throws {
        let start = parts.clock.now()
        while !Task.isCancelled {
            let time = parts.clock.now() - start
            for (server, endpoint) in endpoints.enumerated() {
                try await load.setUsers(script.users(of: server, at: time), on: endpoint)
            }
            await parts.wait(Self.step)
        }
        try await load.shutDown()
        await dropping.value
    }

    private struct Nobody: EntryTaker {
        func take(_ entry: SessionEntry) {}
    }
}
