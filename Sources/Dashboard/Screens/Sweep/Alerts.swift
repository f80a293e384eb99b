import Canvas
import Charts
import Measure

/// What somebody should know who looks up now: the gravest first.
enum Alerts {
    /// One line: the only one in full, several each in a few words.
    static func line(in scene: Scene) -> SegmentLine? {
        let urgent = all(in: scene)
        return line(urgent: urgent + doubts(scene, areAlone: urgent.isEmpty))
    }

    /// What may take the verdict's place where there's no line of its own for it.
    static func urgent(in scene: Scene) -> SegmentLine? { line(urgent: all(in: scene)) }

    private static func line(urgent alerts: [Segment]) -> SegmentLine? {
        guard var first = alerts.first else { return nil }
        guard alerts.count == 1 else { return SegmentLine(left: alerts) }
        // Cut at the end it still says more than its short form.
        if first.role == .bad { first.short = nil }
        return SegmentLine(left: [first])
    }

    static func all(in scene: Scene) -> [Segment] {
        var alerts: [Segment] = []
        if let failure = scene.recordingFailure { alerts.append(failure) }
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
        return alerts + (others(scene).map { [$0] } ?? [])
    }

    /// Said before there is a load; later each level says it of itself.
    private static func others(_ scene: Scene) -> Segment? {
        guard let endpoint = scene.endpoint, endpoint.levels.isEmpty, let others = endpoint.others else {
            return nil
        }
        return Segment(
            "! \(others.sentence)", short: "! others use it: \(others.words)", role: .warn, .bold,
            priority: 6,
            shortenAt: 2)
    }

    private typealias Text = (long: String, short: String)

    /// Why the level that is looked at is to be taken with care; with client-bound in proportion.
    private static func doubts(_ scene: Scene, areAlone: Bool) -> [Segment] {
        guard let endpoint = scene.endpoint else { return [] }
        let past = pastFailures(endpoint).map { [$0] } ?? []
        // What ended it is more than what a level's figures are worth.
        if endpoint.phase == .done(.errors), !past.isEmpty { return past }
        guard let level = scene.shown(in: endpoint), !level.trust.isEmpty else { return past }
        let flags = level.trust.map { level.label(of: $0) }.joined(separator: ", ")
        let measured = scene.reviewed(in: endpoint) == nil ? scene.snapshot.lag : level.lag
        let lag = level.trust.contains(.clientBound) ? OwnLag(measured, of: level) : nil
        let isGrave = lag?.isGrave ?? false
        let text = "! \(level.load.words): \(flags)"
        return [
            Segment(
                lag.map { "\(text); \($0.text), \($0.conclusion)" } ?? text,
                short: lag.map { areAlone && past.isEmpty ? "\(text); \($0.text)" : text } ?? text,
                role: .warn, isGrave ? .bold : [], priority: 5, shortenAt: 1)
        ] + past
    }

    /// When all is over: why requests had failed.
    private static func pastFailures(_ endpoint: EndpointSnapshot) -> Segment? {
        guard endpoint.failed > 0, endpoint.phase.isFinal, !endpoint.phase.isFailed else { return nil }
        let text = failures(of: endpoint)
        return Segment(text.long, short: text.short, role: .bad, priority: 4, shortenAt: 2)
    }

    /// Only while it goes on: what has been is in the table.
    private static func failures(_ scene: Scene) -> Text? {
        guard let endpoint = scene.endpoint, endpoint.failed > 0, !endpoint.phase.isFinal else { return nil }
        let isRecent = endpoint.history.suffix(30).contains { $0.failed > 0 }
        guard isRecent || (endpoint.live?.failed ?? 0) > 0 else { return nil }
        return failures(of: endpoint)
    }

    /// Which kinds, the most frequent first, and what the last one was told.
    private static func failures(of endpoint: EndpointSnapshot) -> Text {
        let count = Format.grouped(endpoint.failed)
        let noun = endpoint.failed == 1 ? "request" : "requests"
        let errors = endpoint.errors
        let kinds = errors.map { "\(Format.grouped($0.count)) × \(Words.failure($0.kind))" }
            .joined(separator: ", ")
        guard let failure = endpoint.lastFailure else {
            return kinds.isEmpty
                ? ("! \(count) \(noun) failed", "! \(count) failed")
                : ("! \(count) \(noun) failed: \(kinds)", "! \(count) failed: \(kinds)")
        }
        let last = Harmless.text(Words.failure(failure), limit: 160)
        if errors.count > 1 {
            return ("! \(count) failed: \(kinds), last: \(last)", "! \(count) failed: \(kinds)")
        }
        let status = failure.status.map { (200..<300).contains($0) ? "" : " (HTTP \($0))" } ?? ""
        return (
            "! \(count) \(noun) failed, last: \(last)",
            "! \(count) failed: \(Words.failure(failure.kind))\(status)"
        )
    }
}

extension Phase {
    var isFailed: Bool {
        if case .failed = self { true } else { false }
    }
}
