/// Which GPUs serve which server, as far as that can be seen.
package struct GPUService: Hashable, Sendable, Codable {
    /// Servers' sources, and the indices of their GPUs.
    package var byServer: [SourceID: [Int]]
    /// GPUs that work for somebody else, too.
    package var foreign: [Int]

    package init(byServer: [SourceID: [Int]] = [:], foreign: [Int] = []) {
        self.byServer = byServer
        self.foreign = foreign
    }

    /// Whether a GPU of this server's works for another one, too.
    package func isShared(_ server: SourceID) -> Bool {
        let own = Set(byServer[server] ?? [])
        guard own.isDisjoint(with: foreign) else { return true }
        return byServer.contains { $0.key != server && !own.isDisjoint(with: $0.value) }
    }

    /// Over the span of both figures.
    ///
    /// - Parameter server: its source, and what it did.
    package func joulesPerToken(
        of server: (id: SourceID, figures: ServerFigures), gpus: [GPUFigures], serverChanged: Bool
    ) -> Result<Double, NoEnergy> {
        let own = byServer[server.id] ?? []
        return JoulesPerToken.reckoned(
            serving: gpus.filter { own.contains($0.index) }, serveOthers: isShared(server.id),
            tokens: server.figures.generatedTokens, serverChanged: serverChanged)
    }
}
