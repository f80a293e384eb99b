import Measure
import Synchronization

@testable import Session

/// Load without a server: each user finishes a request of eight tokens every 100 ms of a clock that it moves itself.
final class MadeUpLoad: SessionLoad {
    enum Answer { case answers, refuses, isSilent }
    /// What an endpoint does so long after the start.
    typealias Behaviour = @Sendable (EndpointID, Nanoseconds) -> Answer

    let info = SourceInfo(id: SourceID(0), name: "made-up load", loops: [0])
    private struct State {
        var users: [EndpointID: Int] = [:]
        var paused: Set<EndpointID> = []
        var isOver = false
        var number: UInt32 = 0
        var atTicks: [@Sendable (Moment) -> Void] = []
    }
    private let state = Mutex(State())
    private let clock: ManualClock
    private let behaviour: Behaviour
    private static let tick = 100 * Nanoseconds.millisecond

    init(_ clock: ManualClock, _ behaviour: @escaping Behaviour) {
        self.clock = clock
        self.behaviour = behaviour
    }

    func setUsers(_ users: Int, on endpoint: EndpointID) { state.withLock { $0.users[endpoint] = users } }
    func pause(_ endpoint: EndpointID) { state.withLock { _ = $0.paused.insert(endpoint) } }
    func resume(_ endpoint: EndpointID) { state.withLock { _ = $0.paused.remove(endpoint) } }
    func shutDown() { state.withLock { $0.isOver = true } }

    var isOver: Bool { state.withLock { $0.isOver } }

    /// `work` is done before each tick, with how long the load has run.
    func atTicks(_ work: @escaping @Sendable (Nanoseconds) -> Void) {
        let start = clock.now()
        state.withLock { $0.atTicks.append { work($0 - start) } }
    }

    func run(into taker: any EntryTaker) async {
        let start = clock.now()
        while true {
            let isOver = isOver
            let (from, to) = (clock.now(), clock.advance(by: Self.tick))
            for work in state.withLock({ $0.atTicks }) { work(from) }
            await taker.take(.batch(batch(from: from, to: to, since: start)))
            if isOver { return }
            // So that others' turns come: whatever they take, the clock stands still for nobody.
            try? await Task.sleep(for: .milliseconds(1))
        }
    }

    private func batch(from: Moment, to: Moment, since start: Moment) -> SampleBatch {
        state.withLock { state in
            var batch = SampleBatch(loop: 0, upTo: to)
            for (endpoint, users) in state.users.sorted(by: { $0.key < $1.key }) {
                let works = !state.paused.contains(endpoint)
                batch.activity.append(
                    LoopActivity(endpoint: endpoint, users: users, inFlight: works ? users : 0, waiting: 0))
                let answer = behaviour(endpoint, from - start)
                guard works, answer != .isSilent else { continue }
                for user in 0..<users {
                    state.number += 1
                    Self.add(
                        state.number, of: UInt32(user), endpoint, from: from, fails: answer == .refuses,
                        to: &batch)
                }
            }
            batch.arrivals.sort { $0.at < $1.at }
            return batch
        }
    }

    private static func add(
        _ number: UInt32, of user: UInt32, _ endpoint: EndpointID, from: Moment, fails: Bool,
        to batch: inout SampleBatch
    ) {
        let moments = fails ? [] : (1...8).map { from + Nanoseconds($0) * 10 * .millisecond }
        for (index, moment) in moments.enumerated() {
            batch.arrivals.append(
                TokenArrival(
                    at: moment, gap: index == 0 ? -1 : 10 * .millisecond, request: number, endpoint: endpoint,
                    tokens: 1))
        }
        batch.requests.append(
            RequestRecord(
                number: number, endpoint: endpoint, user: user, turn: number, intended: from, sent: from,
                first: moments.first, last: moments.last, firstContent: moments.first,
                end: moments.last ?? from + .millisecond, chunks: moments.count, outputTokens: moments.count,
                requestedTokens: 8, finish: fails ? nil : .stop,
                failure: fails
                    ? RequestFailure(kind: .connectionRefused, message: "nobody listens there") : nil))
    }
}
