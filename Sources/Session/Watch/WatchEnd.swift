import Measure
import Synchronization

/// When a watch is over: when its time is, or somebody says so.
final class WatchEnd: Steered {
    private let over: AsyncStream<Never>
    private let end: AsyncStream<Never>.Continuation
    private let hasEnded = Atomic(false)

    init() { (over, end) = AsyncStream.makeStream() }

    /// There is no load to be steered.
    func ask(_ word: Steering, of endpoint: EndpointID) {}

    func stopAll() {
        hasEnded.store(true, ordering: .releasing)
        end.finish()
    }

    var isOver: Bool { hasEnded.load(ordering: .acquiring) }

    /// Once: to its end, or that of the task.
    func wait() async { for await _ in over {} }
}
