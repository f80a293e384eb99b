package import Client
package import Measure

/// The load that a session puts on its endpoints: a source, and one that obeys.
package protocol SessionLoad: Source {
    /// Holds exactly so many users on the endpoint.
    func setUsers(_ users: Int, on endpoint: EndpointID) async throws
    /// Nothing more is sent until `resume`.
    func pause(_ endpoint: EndpointID) async throws
    func resume(_ endpoint: EndpointID) async throws
    /// Ends all users; what is left is delivered, and then it is over.
    func shutDown() async throws
}

extension LoadGenerator: SessionLoad {
    /// With these endpoints, as the plan wants them asked.
    static func start(
        _ id: SourceID, on endpoints: [DiscoveredEndpoint], plan: SessionPlan
    ) async throws -> LoadGenerator {
        let load = try await LoadGenerator(id: id)
        for endpoint in endpoints {
            try await load.add(endpoint, requestedTokens: plan.workload.outputTokens, seed: plan.seed)
        }
        return load
    }
}
