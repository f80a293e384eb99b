import Measure
import Synchronization

/// How often each server was looked at: whoever waits for so many looks at all of them learns it here.
final class LookCounts: Sendable {
    fileprivate struct State {
        var counts: [SourceID: Int] = [:]
        var waiting: [(times: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    func expect(_ source: SourceID) { state.withLock { $0.counts[source] = 0 } }

    func add(_ source: SourceID) { change { $0[source, default: 0] += 1 } }

    func forget(_ source: SourceID) { change { $0[source] = nil } }

    func reached(_ times: Int) async {
        await withCheckedContinuation { continuation in
            let isSo = state.withLock { state in
                if state.least >= times { return true }
                state.waiting.append((times, continuation))
                return false
            }
            if isSo { continuation.resume() }
        }
    }

    private func change(_ work: (inout [SourceID: Int]) -> Void) {
        let done = state.withLock { state in
            work(&state.counts)
            let least = state.least
            defer { state.waiting.removeAll { $0.times <= least } }
            return state.waiting.filter { $0.times <= least }.map(\.continuation)
        }
        for continuation in done { continuation.resume() }
    }
}

extension LookCounts.State {
    fileprivate var least: Int { counts.values.min() ?? .max }
}
