import Measure

/// What a finished session means for the exit code.
enum Verdict {
    static func status(of snapshot: Snapshot) -> ExitStatus {
        let endpoints = snapshot.endpoints
        let refusesEverything = endpoints.contains { $0.completed == 0 && $0.failed > 0 }
        if refusesEverything || endpoints.contains(where: \.wasLost) { return .endpointUnusable }
        let levels = endpoints.flatMap(\.levels)
        // Too many errors everywhere is a promise broken, too.
        if !levels.isEmpty, levels.allSatisfy({ $0.trust.contains(.errors) }) { return .budgetBroken }
        guard snapshot.budget != nil else { return .done }
        let verdicts = levels.compactMap(\.budgetHeld)
        // Nothing measured, nothing broken.
        return verdicts.isEmpty || verdicts.contains(true) ? .done : .budgetBroken
    }
}

extension EndpointSnapshot {
    /// The sweep ended because nobody answers there any more: not overloaded, but gone.
    fileprivate var wasLost: Bool {
        guard case .done(.errors) = phase else { return false }
        switch lastFailure?.kind {
        case .connectionRefused, .connectTimeout, .unreachable, .nameNotFound: return true
        default: return false
        }
    }
}
