import Canvas
import Charts
import Measure

/// The answer, as far as it's known: load line, plateau, budget.
enum Verdict {
    static func segments(_ scene: Scene) -> [Segment] {
        guard let endpoint = scene.endpoint else { return [] }
        var segments: [Segment] = []
        if scene.isOver { segments.append(done(endpoint, scene)) }
        segments += answer(of: endpoint, scene)
        if let budget = budget(endpoint, scene) { segments.append(budget) }
        if let cost = cost(endpoint, scene) { segments.append(cost) }
        if segments.isEmpty {
            segments.append(
                Segment(
                    endpoint.phase.isFinal
                        ? "no level was measured" : "load line and plateau follow from the finished levels",
                    role: .inactive, priority: 1))
        }
        return segments
    }

    /// Load line and plateau, as far as they're known.
    static func answer(of endpoint: EndpointSnapshot, _ scene: Scene) -> [Segment] {
        var segments = loadLine(endpoint, scene)
        if let plateau = endpoint.plateau {
            segments.append(Self.plateau(plateau, isFinal: endpoint.phase.isFinal))
        }
        return segments
    }

    private static func done(_ endpoint: EndpointSnapshot, _ scene: Scene) -> Segment {
        switch endpoint.phase {
        case .done(.errors) where endpoint.wentAway:
            Segment(
                "GONE: nobody is there any more", short: "GONE", role: .bad, .bold, priority: 8, shortenAt: 1)
        case .done(let end):
            Segment(
                "DONE: \(Words.long(end))", short: "DONE", role: end == .errors ? .bad : .good, .bold,
                priority: 8, shortenAt: 1)
        case .failed: Segment("FAILED", role: .bad, .bold, priority: 8)
        default: Segment("ENDED", role: .good, .bold, priority: 8)
        }
    }

    /// The line, and what is doubtful about it.
    private static func loadLine(_ endpoint: EndpointSnapshot, _ scene: Scene) -> [Segment] {
        let sign = String(Character(scene.glyphs.loadLine))
        guard let text = LoadLineText(endpoint, since: scene.snapshot.session.started.moment) else {
            return []
        }
        var segments: [Segment] = []
        if text.isKnown, let line = endpoint.loadLine {
            let bearsRates = endpoint.levels.last { $0.load == line.load }?.bearsRates ?? true
            let speed = bearsRates ? ", \(Format.speed(line.throughput)) tok/s" : ""
            segments.append(
                Segment(
                    "\(sign) load line \(text.line)\(speed)",
                    short: "\(sign) load line \(text.line)", role: .loadLine, .bold, priority: 9, shortenAt: 5
                ))
        } else {
            let yet = endpoint.phase.isFinal || text.doubt != nil ? "" : " so far"
            segments.append(
                Segment("\(sign) load line: \(text.line)\(yet)", role: .bad, .bold, priority: 9))
        }
        if let doubt = text.doubt {
            let hint = endpoint.phase.isFinal ? text.hint.map { "; \($0)" } ?? "" : ""
            segments.append(
                Segment(
                    doubt + hint, short: text.brief ?? doubt, role: endpoint.wentAway ? .bad : .warn,
                    priority: 8,
                    shortenAt: 4))
        }
        return segments
    }

    private static func plateau(_ plateau: Plateau, isFinal: Bool) -> Segment {
        let figure = Format.speed(plateau.throughput)
        guard plateau.reached else {
            return Segment(
                "plateau ≥ \(figure) tok/s, not reached\(isFinal ? "" : " yet")",
                short: "plateau ≥ \(figure)", role: .ceiling,
                priority: 7, shortenAt: 3)
        }
        let interval = plateau.halfWidth.map { " ± \(Format.speed($0))" } ?? ""
        return Segment(
            "plateau \(figure)\(interval) tok/s from \(plateau.load.words)",
            short: "plateau \(figure)", role: .ceiling, priority: 7, shortenAt: 3)
    }

    private static func budget(_ endpoint: EndpointSnapshot, _ scene: Scene) -> Segment? {
        guard let budget = scene.snapshot.budget else { return nil }
        let text = Harmless.text(budget.text, limit: 60)
        // The lowest: what lies below it the load line tells.
        let broken = endpoint.levels.filter { $0.budgetHeld == false }
            .min { $0.load < $1.load }
        let verdict: String
        if let broken {
            let isByErrors =
                broken.brokenBy.map { $0.limit.metric == .error } ?? broken.trust.contains(.errors)
            let word = isByErrors ? "too many errors" : "broken"
            verdict = "\(Character(scene.glyphs.bad)) \(word) at \(broken.load.label)"
        } else if let held = endpoint.loadLine?.heldAt {
            verdict = "\(Character(scene.glyphs.good)) held at \(held.label)"
        } else if endpoint.loadLine != nil {
            return Segment(
                "budget \(text) undecided", short: "budget undecided", role: .warn, priority: 6, shortenAt: 2)
        } else {
            return Segment("budget \(text)", short: "budget –", role: .inactive, priority: 5)
        }
        return Segment(
            "budget \(text) \(verdict)", short: "budget \(verdict)", role: broken == nil ? .good : .bad,
            priority: 6, shortenAt: 2)
    }
}
