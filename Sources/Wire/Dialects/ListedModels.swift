/// A server's list of models.
public struct ListedModels: Hashable, Sendable {
    /// As the server calls them, each once.
    public var names: [String]
    /// So many entries it has, with a name or without one.
    public var entries: Int
    /// What the server calls itself, here or in its head.
    public var servers: [String]

    private static let most = 1000

    public init(names: [String] = [], entries: Int = 0, servers: [String] = []) {
        var seen: Set<String> = []
        self.names = names.prefix(Self.most).filter { !$0.isEmpty && seen.insert($0).inserted }
        self.entries = entries
        self.servers = servers
    }
}
