import Charts
import Measure

/// What one small request met with.
enum CanaryWords {
    static func last(_ canary: (at: Moment, answer: CanaryAnswer), _ scene: WatchScene) -> String {
        "canary at \(scene.clock(canary.at)): \(canary.answer.words)"
    }
}

extension WatchScene {
    /// Up to the cursor, where there is one.
    func canaries(of server: ServerSnapshot) -> [(at: Moment, answer: CanaryAnswer)] {
        guard let cursor = screen.cursor else { return server.canaries }
        return server.canaries.filter { $0.at <= cursor }
    }
}

/// Rows for canaries where a server has no buckets of its own: eight to a power of ten, from 0.1 ms to 1,000 s.
enum CanaryBuckets {
    static let bounds: [Double] = sequence(first: 1e5) { $0 * 10 }.prefix(7).flatMap { power in
        [1, 1.5, 2, 3, 4, 5, 6, 8].map { power * $0 }
    }
}
