import System
import Wire

/// Where a server is, whichever of its routes was named: a sweep records a full one, a watch is given a base or a page
/// of metrics.
struct ServerPlace: Hashable {
    private var usesTLS: Bool
    private var host: String
    private var port: Int
    /// What stands before the server's own routes: a proxy's prefix.
    private var prefix: String

    /// What follows a prefix, the longest first.
    private static let routes = ["/prometheus/metrics", "/metrics", "/slots", "/v1"]

    /// - Parameter machine: where it was said: "localhost" is another server on every machine.
    /// - Returns: nil for what is no URL.
    init?(_ url: String, saidOn machine: String) {
        guard let address = try? EndpointAddress(parsing: url) else { return nil }
        usesTLS = address.usesTLS
        port = address.port
        let host = address.host.lowercased()
        self.host =
            Self.isOwn(host, of: machine)
            ? "this machine: \(machine)" : host.hasPrefix("127.") ? "\(host) of \(machine)" : host
        var prefix = Substring(
            address.impliedDialect == nil ? address.path : address.base(for: ChatCompletions.self))
        for route in Self.routes where prefix.hasSuffix(route) { prefix = prefix.dropLast(route.count) }
        self.prefix = String(prefix)
    }

    private static func isOwn(_ host: String, of machine: String) -> Bool {
        host == machine.lowercased() || ["localhost", "::1", "127.0.0.1", "0.0.0.0", "::"].contains(host)
    }
}
