/// A server's list of models.
package struct ListedModels: Hashable, Sendable {
    /// As the server calls them, each once.
    package var names: [String]
    /// So many entries it has, with a name or without one.
    package var entries: Int
    /// What the server calls itself, here or in its head.
    package var servers: [String]

    package init(names: [String] = [], entries: Int = 0, servers: [String] = []) {
        var seen: Set<String> = []
        self.names = names.prefix(WireLimits.models).filter { !$0.isEmpty && seen.insert($0).inserted }
        self.entries = entries
        self.servers = servers
    }
}
