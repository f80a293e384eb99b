import Measure
import Synchronization

/// What hands at the keyboard ask of the endpoints' sweeps: put in by the UI thread, taken out by the
/// drivers. Neither waits for the other.
final class SteeringQueue: Sendable {
    private let queues = Mutex<[EndpointID: [Steering]]>([:])

    func ask(_ word: Steering, of endpoint: EndpointID) {
        queues.withLock { $0[endpoint, default: []].append(word) }
    }

    func take(for endpoint: EndpointID) -> [Steering] {
        queues.withLock { $0.removeValue(forKey: endpoint) ?? [] }
    }
}
