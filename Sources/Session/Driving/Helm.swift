import Collector
import Measure
import Sweep

/// What hands at the keyboard can do to a session.
protocol Steered: Sendable {
    func ask(_ word: Steering, of endpoint: EndpointID)
    /// Ends it, in good order.
    func stopAll()
    /// There is nothing more to end: only the last screen stands yet.
    var isOver: Bool { get }
}

/// Brings what hands at the keyboard ask to the endpoints' sweeps.
struct Helm: Steered {
    private let inboxes: [EndpointID: SweepInbox]
    private let log: SessionLog?
    private let snapshots: SnapshotBox

    init(_ inboxes: [EndpointID: SweepInbox], log: SessionLog?, snapshots: SnapshotBox) {
        self.inboxes = inboxes
        self.log = log
        self.snapshots = snapshots
    }

    var isOver: Bool { snapshots.current.endpoints.allSatisfy(\.phase.isFinal) }

    func ask(_ word: Steering, of endpoint: EndpointID) {
        log?.note(word, of: endpoint)
        inboxes[endpoint]?.put(.steer(word))
    }

    func stopAll() {
        for endpoint in inboxes.keys.sorted() { ask(.stop, of: endpoint) }
    }
}
