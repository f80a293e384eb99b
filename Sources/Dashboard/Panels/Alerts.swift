import Charts
import Measure

/// What somebody should know who looks up now: the gravest first.
enum Alerts {
    static func first(in scene: Scene) -> Segment? { all(in: scene).first }

    static func all(in scene: Scene) -> [Segment] {
        var alerts: [Segment] = []
        if case .failed(let path, let message) = scene.snapshot.recording {
            alerts.append(
                Segment(
                    "! not recorded any more: \(Harmless.text(message, limit: 120)) (\(Harmless.text(path, limit: 80)))",
                    short: "! not recorded any more: \(Harmless.text(message, limit: 60))", role: .bad, .bold,
                    priority: 9))
        }
        for (index, endpoint) in scene.snapshot.endpoints.enumerated() {
            guard case .failed(let message) = endpoint.phase, index != scene.endpointIndex else { continue }
            let name = "\(scene.sign(of: index)) \(Harmless.text(endpoint.info.label, limit: 30))"
            alerts.append(
                Segment(
                    "! \(name) can't be used: \(Harmless.text(message, limit: 120))", role: .bad, .bold,
                    priority: 8))
        }
        if let text = lag(scene) {
            alerts.append(Segment("! \(text)", role: .warn, .bold, priority: 8))
        }
        if let text = failures(scene) {
            alerts.append(Segment("! \(text)", role: .bad, .bold, priority: 7))
        }
        return alerts
    }

    /// This program is the bottleneck: figures from now aren't the server's.
    private static func lag(_ scene: Scene) -> String? {
        guard let endpoint = scene.endpoint, let level = endpoint.live ?? endpoint.levels.last,
            level.trust.contains(.clientBound)
        else { return nil }
        let worst = [scene.snapshot.lag.timerP99, scene.snapshot.lag.sendP99, scene.snapshot.lag.readP99]
            .compactMap(\.self).filter(\.isFinite).max()
        let figure = worst.map { " (own lag p99 \(Format.duration($0)))" } ?? ""
        return "client-bound: plimsoll itself is too slow, don't trust these figures\(figure)"
    }

    private static func failures(_ scene: Scene) -> String? {
        guard let endpoint = scene.endpoint, endpoint.failed > 0, !endpoint.phase.isFailed else { return nil }
        let count =
            endpoint.failed == 1
            ? "1 request failed" : "\(Format.grouped(Double(endpoint.failed))) requests failed"
        guard let failure = endpoint.lastFailure else { return count }
        return "\(count), the last: \(Harmless.text(Words.failure(failure), limit: 160))"
    }
}

extension Phase {
    var isFailed: Bool {
        if case .failed = self { true } else { false }
    }
}
