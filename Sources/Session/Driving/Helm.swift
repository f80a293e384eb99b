import Measure
import Sweep

/// Brings what hands at the keyboard ask to the endpoints' sweeps.
struct Helm: Sendable {
    private let inboxes: [EndpointID: SweepInbox]
    private let log: SessionLog?

    init(_ inboxes: [EndpointID: SweepInbox], log: SessionLog?) {
        self.inboxes = inboxes
        self.log = log
    }

    func ask(_ word: Steering, of endpoint: EndpointID) {
        log?.note(word, of: endpoint)
        inboxes[endpoint]?.put(.steer(word))
    }

    func stopAll() {
        for endpoint in inboxes.keys.sorted() { ask(.stop, of: endpoint) }
    }
}
