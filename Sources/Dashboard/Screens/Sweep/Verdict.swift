import Canvas
import Charts
import Measure

/// The answer, as far as it's known: load line, plateau, budget.
enum Verdict {
    static func segments(_ scene: Scene) -> [Segment] {
        guard let endpoint = scene.endpoint else { return [] }
        var segments: [Segment] = []
        if scene.isOver { segments.append(done(endpoint, scene)) }
        if let line = loadLine(endpoint, scene) { segments.append(line) }
        if let plateau = endpoint.plateau {
            segments.append(Self.plateau(plateau, isFinal: endpoint.phase.isFinal))
        }
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

    private static func done(_ endpoint: EndpointSnapshot, _ scene: Scene) -> Segment {
        switch endpoint.phase {
        case .done(let end):
            Segment(
                "DONE: \(Words.long(end))", short: "DONE", role: end == .errors ? .bad : .good, .bold,
                priority: 8, shortenAt: 1)
        case .failed: Segment("FAILED", role: .bad, .bold, priority: 8)
        default: Segment("ENDED", role: .good, .bold, priority: 8)
        }
    }

    private static func loadLine(_ endpoint: EndpointSnapshot, _ scene: Scene) -> Segment? {
        let sign = String(Character(scene.glyphs.loadLine))
        guard let line = endpoint.loadLine else {
            guard scene.snapshot.budget != nil, endpoint.levels.contains(where: { $0.budgetHeld == false })
            else { return nil }
            return Segment(
                "\(sign) load line: below every level\(endpoint.phase.isFinal ? "" : " so far")", role: .bad,
                .bold, priority: 9)
        }
        let open = line.brokenAt == nil ? "≥ " : ""
        return Segment(
            "\(sign) load line \(open)\(Format.users(line.concurrency)), \(Format.speed(line.throughput)) tok/s",
            short: "\(sign) load line \(open)\(Format.users(line.concurrency))", role: .loadLine, .bold,
            priority: 9, shortenAt: 5)
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
            "plateau \(figure)\(interval) tok/s from \(Format.users(plateau.concurrency))",
            short: "plateau \(figure)", role: .ceiling, priority: 7, shortenAt: 3)
    }

    private static func budget(_ endpoint: EndpointSnapshot, _ scene: Scene) -> Segment? {
        guard let budget = scene.snapshot.budget else { return nil }
        let text = Harmless.text(budget.text, limit: 60)
        // The lowest: what lies below it the load line tells.
        let broken = endpoint.levels.filter { $0.budgetHeld == false }
            .min { $0.concurrency < $1.concurrency }
        let verdict: String
        if let broken {
            let word = broken.trust.contains(.errors) ? "too many errors" : "broken"
            verdict = "\(Character(scene.glyphs.bad)) \(word) at \(broken.concurrency)"
        } else if let line = endpoint.loadLine {
            verdict = "\(Character(scene.glyphs.good)) held at \(line.concurrency)"
        } else {
            return Segment("budget \(text)", short: "budget –", role: .inactive, priority: 5)
        }
        return Segment(
            "budget \(text) \(verdict)", short: "budget \(verdict)", role: broken == nil ? .good : .bad,
            priority: 6, shortenAt: 2)
    }
}
