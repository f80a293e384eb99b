import Canvas
import Charts
import Measure

/// The first line: what runs, how far it is, for how long, and whether it's kept.
enum StatusPanel {
    static func draw(_ scene: Scene, on canvas: inout Canvas, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let inner = Rect(x: rect.x + 1, y: rect.y, width: rect.width - 2, height: 1)
        scene.draw(SegmentLine(left: left(scene), right: right(scene)), on: &canvas, in: inner)
    }

    private static func left(_ scene: Scene) -> [Segment] {
        let pointer = String(Character(scene.glyphs.pointer))
        let command = scene.mode == .replay ? "replay" : scene.snapshot.session.command
        var segments = [
            Segment("plimsoll \(pointer) \(command)", short: command, role: .title, .bold, priority: 2)
        ]
        guard let endpoint = scene.endpoint else {
            segments.append(Segment("no endpoint yet", role: .inactive, priority: 9))
            return segments
        }
        let index = scene.endpointIndex
        if scene.hasSeveral {
            segments.append(
                Segment(
                    "\(scene.sign(of: index)) \(index + 1)/\(scene.snapshot.endpoints.count)",
                    short: scene.sign(of: index), role: .series(index), .bold, priority: 7))
        }
        segments.append(Segment(Harmless.text(endpoint.info.label, limit: 40), priority: 4))
        segments.append(
            Segment(Harmless.text(endpoint.info.model.text, limit: 40), role: .inactive, priority: 1))
        let role = Words.role(of: endpoint.phase)
        let phase = Words.phase(of: endpoint, in: scene.snapshot)
        if let level = endpoint.level, !endpoint.phase.isFinal {
            let number = Words.levelNumber(level)
            segments.append(Segment("level \(number)", short: number, .bold, priority: 8, shortenAt: 7))
            segments.append(
                Segment(
                    Format.users(endpoint.users), short: "\(endpoint.users) u", .bold, priority: 6,
                    shortenAt: 5))
        }
        segments.append(
            Segment(
                phase, short: Words.shortPhase(of: endpoint, in: scene.snapshot), role: role, .bold,
                priority: 9, shortenAt: 3))
        return segments
    }

    private static func right(_ scene: Scene) -> [Segment] {
        var segments: [Segment] = []
        if scene.isFrozen {
            segments.append(Segment(" FROZEN ", role: .warn, [.bold, .reverse], priority: 8))
        }
        let hasAlertLine = scene.panels[.message] != nil || scene.panels[.verdict] != nil
        if !hasAlertLine, let failed = scene.endpoint?.failed, failed > 0 {
            segments.append(
                Segment("! \(Format.count(failed)) err", role: .bad, .bold, priority: 7))
        }
        segments.append(
            Segment(Format.elapsed(scene.snapshot.elapsed), role: .foreground, priority: 5))
        segments.append(recording(scene))
        return segments
    }

    private static func recording(_ scene: Scene) -> Segment {
        switch scene.snapshot.recording {
        case .off: return Segment("not recorded", short: "no REC", role: .inactive, priority: 6, shortenAt: 3)
        case .running(_, let bytes):
            if scene.isOver {
                return Segment(
                    "recorded \(Format.bytes(Double(bytes)))", short: "recorded", role: .good, priority: 6,
                    shortenAt: 3)
            }
            let sign = String(Character(scene.glyphs.record))
            return Segment(
                "\(sign) REC \(Format.bytes(Double(bytes)).padded(to: 6))", short: "\(sign) REC", role: .good,
                priority: 6, shortenAt: 3)
        case .failed: return Segment("! REC FAILED", role: .bad, [.bold, .reverse], priority: 8)
        case .replaying: return Segment("REPLAY", role: .live, .bold, priority: 6)
        }
    }
}
