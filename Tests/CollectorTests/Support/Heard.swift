import Measure
import Synchronization

@testable import Collector

/// What a collector tells of its levels.
final class Heard: Sendable {
    private let results = Mutex<[LevelResult]>([])

    func listen(to collector: Collector) async {
        await collector.listen { news in
            guard case .finished(let result) = news else { return }
            self.results.withLock { $0.append(result) }
        }
    }

    /// Those of this endpoint that haven't been taken yet.
    func take(_ endpoint: EndpointID) -> [LevelResult] {
        results.withLock { results in
            defer { results.removeAll { $0.endpoint == endpoint } }
            return results.filter { $0.endpoint == endpoint }
        }
    }
}
