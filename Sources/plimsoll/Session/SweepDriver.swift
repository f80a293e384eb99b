import Client
import Collector
import Measure
import Sweep
import Telemetry

/// Drives one endpoint's sweep: asks the collector how the level stands, tells the state machine, and
/// carries out what it wants.
struct SweepDriver {
    let endpoint: EndpointID
    let load: LoadGenerator
    let collector: Collector
    let steering: SteeringQueue
    let surroundings: Surroundings
    let clock: any TimeSource
    var sweep: Sweep
    private(set) var seenAtOpening = ThrottleTally()

    private static let tick = Duration.milliseconds(50)

    /// Until the sweep is over.
    mutating func run() async throws {
        try await tell(.start)
        while !sweep.isOver {
            for word in steering.take(for: endpoint) { try await tell(.steer(word)) }
            for result in await collector.takeFinished(endpoint) { try await tell(.levelFinished(result)) }
            let judged = sweep.looks(at: clock.now())
            if let progress = await collector.progress(of: endpoint, judged: judged) {
                try await tell(.progress(progress))
            }
            if !sweep.isOver { try? await Task.sleep(for: Self.tick) }
        }
    }

    private mutating func tell(_ event: SweepEvent) async throws {
        let now = clock.now()
        for action in sweep.handle(event, at: now) { try await carryOut(action, at: now) }
    }

    /// Asks after the window has closed, and beside whatever comes next: a key must not wait for a busy server.
    private func explain(_ level: Int, _ known: WindowCircumstances) {
        Task { [collector, endpoint, surroundings, seenAtOpening] in
            let circumstances = await surroundings.windowClosed(seenAtOpening, known)
            await collector.explainWindow(endpoint, level: level, circumstances)
        }
    }

    private mutating func carryOut(_ action: SweepAction, at now: Moment) async throws {
        switch action {
        case .offer(.users(let users)):
            try await load.setUsers(users, on: endpoint)
        case .startLevel(let start):
            await collector.take(.event(.levelStarted(start, at: now)))
        case .changeLoad(_, .users(let users)):
            await collector.take(.event(.usersChanged(endpoint, users: users, at: now)))
        case .openWindow(let level, let notBefore):
            seenAtOpening = await surroundings.windowOpens()
            let opened = await collector.openWindow(endpoint, level: level, notBefore: notBefore)
            try await tell(.windowOpened(level: level, at: opened))
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
