import Measure

extension ExitStatus {
    /// What a watch that is over means for the exit code: how its servers stood at its end, and, with a budget, what
    /// the last minute says of it. Nothing asked of a server is no failure.
    static func ofWatch(_ snapshot: Snapshot, signal: Int32?, lostFile: Bool) -> ExitStatus {
        let watch = snapshot.watch
        var all = watch.servers.map { of($0, budget: snapshot.budget) }
        if all.isEmpty, watch.gpus == nil { all = [.endpointUnusable] }
        if let signal { all.append(.signal(signal)) }
        if lostFile { all.append(.fileUnusable) }
        return all.max() ?? .done
    }

    private static func of(_ server: ServerSnapshot, budget: LatencyBudget?) -> ExitStatus {
        switch server.status {
        // Where nothing has come by the end, nothing will.
        case .waiting, .trouble, .gone: return .endpointUnusable
        case .left: return .done
        case .up: break
        }
        guard let budget else { return .done }
        guard let facts = server.facts else { return .undecided }
        let attainments = budget.attainments(in: facts.minute, own: facts.ownMinute.requests)
        return switch LatencyBudget.verdict(of: attainments) {
        case .held, .idle: .done
        case .broken: .broken
        case .undecided: .undecided
        }
    }
}
