import Charts
import Measure

/// What somebody should know who looks up now: the gravest first.
enum Alerts {
    /// One line: the only one in full, several each in a few words.
    static func line(in scene: Scene) -> SegmentLine? {
        var alerts = all(in: scene)
        guard !alerts.isEmpty else { return nil }
        if alerts.count == 1 {
            // Cut at the end it still says more than its short form.
            alerts[0].short = nil
        }
        return SegmentLine(left: alerts)
    }

    static func all(in scene: Scene) -> [Segment] {
        var alerts: [Segment] = []
        if let text = lag(scene) {
            alerts.append(
                Segment(text.long, short: text.short, role: .warn, .bold, priority: 9, shortenAt: 4))
        }
        if case .failed(let path, let message) = scene.snapshot.recording {
            let reason = Harmless.text(message, limit: 120)
            alerts.append(
                Segment(
                    "! not recorded any more: \(reason) (\(Harmless.text(path, limit: 80)))",
                    short: "! not recorded: \(Harmless.text(message, limit: 40))", role: .bad, .bold,
                    priority: 8, shortenAt: 3))
        }
        for (index, endpoint) in scene.snapshot.endpoints.enumerated() {
            guard case .failed(let message) = endpoint.phase, index != scene.endpointIndex else { continue }
            let name = "\(scene.sign(of: index)) \(Harmless.text(endpoint.info.label, limit: 30))"
            alerts.append(
                Segment(
                    "! \(name) can't be used: \(Harmless.text(message, limit: 120))",
                    short: "! \(name) FAILED", role: .bad, .bold, priority: 6, shortenAt: 1))
        }
        if let text = failures(scene) {
            alerts.append(
                Segment(text.long, short: text.short, role: .bad, .bold, priority: 7, shortenAt: 2))
        }
        return alerts
    }

    private typealias Text = (long: String, short: String)

    /// This program is the bottleneck: figures from now aren't the server's.
    private static func lag(_ scene: Scene) -> Text? {
        guard let endpoint = scene.endpoint, let level = scene.shown(in: endpoint),
            level.trust.contains(.clientBound)
        else { return nil }
        let lag = scene.reviewed(in: endpoint) == nil ? scene.snapshot.lag : level.lag
        let worst = [lag.timerP99, lag.sendP99, lag.readP99].compactMap(\.self).filter(\.isFinite).max()
        let figure = worst.map { ", own lag p99 \(Format.duration($0))" } ?? ""
        return (
            "! client-bound\(figure): plimsoll itself is too slow here, don't trust these figures",
            "! client-bound\(figure)"
        )
    }

    /// Only while it goes on: what has been is in the table.
    private static func failures(_ scene: Scene) -> Text? {
        guard let endpoint = scene.endpoint, endpoint.failed > 0, !endpoint.phase.isFinal else { return nil }
        let isRecent = endpoint.history.suffix(30).contains { $0.failed > 0 }
        guard isRecent || (endpoint.live?.failed ?? 0) > 0 else { return nil }
        let count = Format.grouped(endpoint.failed)
        let noun = endpoint.failed == 1 ? "request" : "requests"
        guard let failure = endpoint.lastFailure else {
            return ("! \(count) \(noun) failed", "! \(count) failed")
        }
        let status = failure.status.map { " (HTTP \($0))" } ?? ""
        return (
            "! \(count) \(noun) failed, the last: \(Harmless.text(Words.failure(failure), limit: 160))",
            "! \(count) failed: \(Words.failure(failure.kind))\(status)"
        )
    }
}

extension Phase {
    var isFailed: Bool {
        if case .failed = self { true } else { false }
    }
}
