package import Measure
import Synchronization

/// The newest snapshot: put in by the collector, looked at by whoever draws. Neither ever waits for the
/// other.
package final class SnapshotBox: Sendable {
    private let newest: Mutex<Snapshot>

    package init(_ snapshot: Snapshot) { newest = Mutex(snapshot) }

    package var current: Snapshot {
        newest.withLock { $0 }
    }

    func put(_ snapshot: Snapshot) {
        newest.withLock { $0 = snapshot }
    }
}
