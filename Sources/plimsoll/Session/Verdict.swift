import Measure

/// What a finished session means for the exit code.
enum Verdict {
    static func status(of snapshot: Snapshot) -> ExitStatus {
        let endpoints = snapshot.endpoints
        let refusesEverything = endpoints.contains { $0.completed == 0 && $0.failed > 0 }
        if refusesEverything { return .endpointUnusable }
        guard snapshot.budget != nil else { return .done }
        let verdicts = endpoints.flatMap(\.levels).compactMap(\.budgetHeld)
        // Nothing measured, nothing broken.
        return verdicts.isEmpty || verdicts.contains(true) ? .done : .budgetBroken
    }
}
