import Collector
import Measure
import Sweep

/// Drives one endpoint's sweep: tells the state machine what comes in, and carries out what it wants. It waits for
/// nothing but its inbox, and for the load to obey: whatever else takes time happens beside it.
struct SweepDriver {
    let endpoint: EndpointID
    let load: any SessionLoad
    let collector: Collector
    let inbox: SweepInbox
    let witness: (any WindowWitness)?
    let clock: any TimeSource
    var sweep: Sweep
    /// The look around before a window opens.
    private var opening: Task<Void, Never>?

    init(
        _ endpoint: EndpointID, plan: SweepPlan, load: any SessionLoad, collector: Collector,
        inbox: SweepInbox, witness: (any WindowWitness)?, clock: any TimeSource
    ) {
        self.endpoint = endpoint
        self.load = load
        self.collector = collector
        self.inbox = inbox
        self.witness = witness
        self.clock = clock
        sweep = Sweep(plan: plan, endpoint: endpoint)
    }

    /// Until the sweep is over.
    mutating func run() async throws {
        await collector.listen { [endpoint, inbox] news in
            switch news {
            case .progress(endpoint, let progress): inbox.put(.progress(progress))
            case .finished(let result) where result.endpoint == endpoint: inbox.put(.levelFinished(result))
            case .progress, .finished: break
            }
        }
        defer { opening?.cancel() }
        // Who was told to stop while it waited for its turn doesn't begin.
        for event in inbox.take() { try await tell(event) }
        try await tell(.start)
        guard !sweep.isOver else { return }
        for await _ in inbox.bell {
            for event in inbox.take() { try await tell(judged(event)) }
            if sweep.isOver { return }
        }
    }

    /// Where the sweep wants to know what the running level says of the budget, with that.
    private func judged(_ event: SweepEvent) async -> SweepEvent {
        guard case .progress = event, sweep.looks(at: clock.now()),
            let progress = await collector.progress(of: endpoint, judged: true)
        else { return event }
        return .progress(progress)
    }

    private mutating func tell(_ event: SweepEvent) async throws {
        let now = clock.now()
        for action in sweep.handle(event, at: now) { try await carryOut(action, at: now) }
    }

    /// Looks around before the window opens, and beside all else: a key must not wait for a busy server. A level
    /// that is given up meanwhile has no window.
    private mutating func open(_ level: Int, notBefore: Moment) {
        opening = Task { [collector, endpoint, inbox, witness] in
            await witness?.windowOpens(level)
            guard !Task.isCancelled else { return }
            let opened = await collector.openWindow(endpoint, level: level, notBefore: notBefore)
            inbox.put(.windowOpened(level: level, at: opened))
        }
    }

    /// Asks after the window has closed, and beside whatever comes next.
    private func explain(_ level: Int, _ known: WindowCircumstances) {
        Task { [collector, endpoint, witness] in
            let circumstances = await witness?.windowClosed(level, known) ?? known
            await collector.explainWindow(endpoint, level: level, circumstances)
        }
    }

    private mutating func carryOut(_ action: SweepAction, at now: Moment) async throws {
        switch action {
        case .offer(.users(let users)):
            try await load.setUsers(users, on: endpoint)
        case .startLevel(let start):
            opening?.cancel()
            await collector.take(.event(.levelStarted(start, at: now)))
        case .changeLoad(_, .users(let users)):
            await collector.take(.event(.usersChanged(endpoint, users: users, at: now)))
        case .openWindow(let level, let notBefore):
            open(level, notBefore: notBefore)
        case .closeWindow(let level, let at, let cutShort, let steady):
            await collector.closeWindow(endpoint, level: level, at: at)
            explain(level, WindowCircumstances(cutShort: cutShort, openedSteady: steady))
        case .pauseLoad:
            try await load.pause(endpoint)
            await collector.take(.event(.loadPaused(endpoint, at: now)))
        case .resumeLoad:
            try await load.resume(endpoint)
            await collector.take(.event(.loadResumed(endpoint, at: now)))
        case .finished(let reason):
            await collector.take(.event(.sweepEnded(endpoint, reason: reason, at: now)))
        }
    }
}
