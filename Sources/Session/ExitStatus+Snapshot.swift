import Measure

extension ExitStatus {
    /// How a session came to its end: what the figures don't tell.
    struct Circumstances {
        /// A budget was set, and whether it holds is the question.
        var wantsLoadLine = false
        /// What ended it before its time.
        var signal: Int32?
        /// Something that was to be written is not there.
        var lostFile = false
    }

    /// What a finished session means for the exit code: a pure function of its last snapshot and of how it ended.
    static func of(_ snapshot: Snapshot, _ circumstances: Circumstances) -> ExitStatus {
        let errorLimit = snapshot.session.plan?.sweep.errorLimit ?? TrustContext().errorLimit
        var all = snapshot.endpoints.map {
            of($0, errorLimit: errorLimit, wantsLoadLine: circumstances.wantsLoadLine)
        }
        if all.isEmpty { all = [.endpointUnusable] }
        if let signal = circumstances.signal { all.append(.signal(signal)) }
        if circumstances.lostFile { all.append(.fileUnusable) }
        return all.max() ?? .done
    }

    private static func of(
        _ endpoint: EndpointSnapshot, errorLimit: Double, wantsLoadLine: Bool
    ) -> ExitStatus {
        let isStopped = endpoint.phase == .done(.stopped)
        if endpoint.hasFailed || endpoint.wentAway || endpoint.fellSilent { return .endpointUnusable }
        if endpoint.completed == 0, endpoint.failed > 0 || !isStopped { return .endpointUnusable }
        if endpoint.phase == .done(.errors) || endpoint.failsEverywhere(errorLimit) { return .broken }
        guard wantsLoadLine else { return .done }
        // A line that only seems to be there is no verdict.
        guard endpoint.loadLine?.heldAt != nil else {
            return endpoint.smallestLoadIsBroken ? .broken : .undecided
        }
        return isStopped ? .undecided : .done
    }
}

extension EndpointSnapshot {
    fileprivate var hasFailed: Bool { if case .failed = phase { true } else { false } }

    /// Not a word came in the last window, though nobody cut it short.
    fileprivate var fellSilent: Bool {
        guard let last = levels.last, !last.trust.contains(.cutShort) else { return false }
        return last.completed == 0 && last.windowTokens == 0
    }

    /// Too many errors at every load are a promise broken, too.
    fileprivate func failsEverywhere(_ errorLimit: Double) -> Bool {
        !levels.isEmpty && levels.allSatisfy { $0.fails(errorLimit) }
    }

    /// By the last of the levels that ran at that load.
    fileprivate var smallestLoadIsBroken: Bool {
        let smallest = levels.map(\.load).min()
        return levels.last { $0.load == smallest }?.budgetVerdict == .broken
    }
}
