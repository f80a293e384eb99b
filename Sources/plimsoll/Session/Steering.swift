import Measure
import Sweep
import Synchronization

/// What hands at the keyboard ask of the endpoints' sweeps: put in by the UI thread, taken out by the
/// drivers. Neither waits for the other.
final class Steering: Sendable {
    private let queues = Mutex<[EndpointID: [SweepEvent]]>([:])

    func ask(_ event: SweepEvent, of endpoint: EndpointID) {
        queues.withLock { $0[endpoint, default: []].append(event) }
    }

    func take(for endpoint: EndpointID) -> [SweepEvent] {
        queues.withLock { $0.removeValue(forKey: endpoint) ?? [] }
    }
}
