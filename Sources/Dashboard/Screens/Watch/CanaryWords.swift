import Charts
import Measure

extension HeatPanel.Metric {
    /// What one small request met with, as far as it is of this.
    func words(_ canary: (at: Moment, answer: CanaryAnswer), _ scene: WatchScene) -> String {
        let failure = canary.answer.failure?.text
        return "canary at \(scene.clock(canary.at)): "
            + (failure ?? "\(name) \(Format.duration(latency(in: canary.answer)))")
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
