package import Measure
import NIOCore
import Wire

extension DiscoveredEndpoint {
    /// How long a page beside the API may take, in nanoseconds: a level waits for it.
    private static let pageLimit = Nanoseconds.second

    package var metricsPaths: [String] { MetricsPlaces.paths(below: serverRoot) }

    /// What stands before all of the server's own routes: a proxy's prefix, or nothing.
    var serverRoot: String { MetricsPlaces.root(ofBase: address.base(for: dialect)) }

    /// Any page of the same server, over a connection of its own; within a second.
    ///
    /// - Returns: any answer, whatever its status.
    /// - Throws: where there was none.
    package func page(
        at path: String, accept: String = "text/plain"
    ) async throws(RequestFailure) -> (status: Int, body: [UInt8]) {
        var patience = settings
        patience.requestTimeout = min(patience.requestTimeout, Self.pageLimit)
        patience.connectTimeout = min(patience.connectTimeout, Self.pageLimit)
        let exchange = Exchange(connector, settings: patience)
        let answer = try await exchange.get(path, of: address, dialect: dialect, accept: accept)
        return (answer.head.status, answer.body)
    }

    /// It was reached by a loopback address or by one of this machine's own.
    package var isOnThisMachine: Bool {
        connector.address.isOfThisMachine
    }

    /// Where it listens, if that is on this machine.
    package var localPort: Int? { isOnThisMachine ? connector.address.port : nil }
}

/// Where servers have their metrics in Prometheus' format.
package enum MetricsPlaces {
    /// Below a proxy's prefix, at the root, TensorRT-LLM's, and NIM's.
    package static func paths(below root: String) -> [String] {
        (root.isEmpty ? [] : ["\(root)/metrics"]) + usual
    }

    package static let usual = ["/metrics", "/prometheus/metrics", "/v1/metrics"]

    /// What stands before all of a server's own routes, by what stands before those of its API.
    package static func root(ofBase base: String) -> String {
        base.hasSuffix("/v1") ? String(base.dropLast(3)) : base
    }
}

extension SocketAddress {
    /// A loopback address, or one of this machine's own.
    var isOfThisMachine: Bool {
        guard let host = ipAddress else { return false }
        if host == "::1" || host.hasPrefix("127.") { return true }
        let devices = try? System.enumerateDevices()
        return devices?.contains { $0.address?.ipAddress == host } ?? false
    }
}
