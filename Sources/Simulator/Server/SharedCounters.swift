import Measure
import Synchronization

/// What all event loops of a server count together.
final class SharedCounters: Sendable {
    /// When the server began, in seconds since 1970.
    let startedAt = Double(WallAnchor.now().unixNanoseconds) / 1e9
    private let numbers = Atomic<Int>(0)
    private let flying = Atomic<Int>(0)
    private let runningSequences = Atomic<Int>(0)
    private let waitingSequences = Atomic<Int>(0)

    /// The next request's number, from 1.
    func nextNumber() -> Int { numbers.add(1, ordering: .relaxed).newValue }

    /// Requests whose answers are under way.
    var inFlight: Int { flying.load(ordering: .relaxed) }
    func takeOff() -> Int { flying.add(1, ordering: .relaxed).newValue }
    func land() { flying.subtract(1, ordering: .relaxed) }

    func publish(running: Int, waiting: Int) {
        runningSequences.store(running, ordering: .relaxed)
        waitingSequences.store(waiting, ordering: .relaxed)
    }

    var running: Int { runningSequences.load(ordering: .relaxed) }
    var waiting: Int { waitingSequences.load(ordering: .relaxed) }
}
