import Client
import Measure
package import Wire

/// A server whose page of metrics is to be read: as it was given, or found.
package struct WatchedAddress: Sendable {
    package let address: EndpointAddress
    /// What stands before all of its routes: a proxy's prefix, or nothing.
    let root: String
    /// Where its page may be, the likeliest first.
    let paths: [String]

    /// A base, a full route of its API, or the page itself.
    package init(parsing text: String) throws(EndpointAddress.ParseError) {
        self.init(try EndpointAddress(parsing: text))
    }

    init(_ address: EndpointAddress) {
        self.address = address
        let path = address.path
        // The longest first: one may end like another.
        let place = MetricsPlaces.usual.sorted { $0.count > $1.count }.first(where: path.hasSuffix)
        if let place {
            root = String(path.dropLast(place.count))
            paths = [path]
        } else {
            root = MetricsPlaces.root(ofBase: address.base(for: ChatCompletions.self))
            paths = MetricsPlaces.paths(below: root)
        }
    }

    /// Where requests go: with a page of metrics stand its server's own routes.
    var api: EndpointAddress {
        guard paths.count == 1 else { return address }
        var api = address
        api.path = root
        return api
    }

    /// The same for two that are the same server.
    var identity: String {
        let host = isLoopback ? "loopback" : address.host.lowercased()
        return "\(address.usesTLS) \(host) \(address.port) \(paths.first ?? root)"
    }

    /// At another address of 127.0.0.0/8 another server may listen on the same port.
    var isLoopback: Bool { ["localhost", "::1", "127.0.0.1"].contains(address.host.lowercased()) }

    private var isOnThisMachine: Bool { isLoopback || address.host.hasPrefix("127.") }

    /// - Parameter isHere: it was reached by an address of this machine's; nil where that isn't known yet.
    func server(isHere: Bool?) -> WatchedServer {
        WatchedServer(
            url: address.origin + (paths.count == 1 ? paths[0] : root),
            label: (isLoopback ? ":\(address.port)" : address.hostAndPort) + root,
            localPort: isHere ?? isOnThisMachine ? address.port : nil)
    }

    /// Those that are left when the same server is taken once.
    static func distinct(_ all: [WatchedAddress]) -> [WatchedAddress] {
        var seen: Set<String> = []
        return all.filter { seen.insert($0.identity).inserted }
    }
}
