import Canvas
import Charts
import Measure

/// The first line: what runs, how far it is, for how long, and whether it's kept.
enum StatusPanel {
    static func draw(_ stage: Stage<some Screen>, on canvas: inout Canvas, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let inner = Rect(x: rect.x + 1, y: rect.y, width: rect.width - 2, height: 1)
        stage.draw(SegmentLine(left: left(stage), right: right(stage)), on: &canvas, in: inner)
    }

    private static func left(_ stage: Stage<some Screen>) -> [Segment] {
        let pointer = String(Character(stage.glyphs.pointer))
        let command = stage.screen.isReplay ? "replay" : stage.snapshot.session.command
        return [Segment("plimsoll \(pointer) \(command)", short: command, role: .title, .bold, priority: 2)]
            + stage.screen.status(stage).left
    }

    private static func right(_ stage: Stage<some Screen>) -> [Segment] {
        var segments: [Segment] = []
        if stage.isFrozen {
            segments.append(Segment(" FROZEN ", role: .warn, [.bold, .reverse], priority: 8))
        }
        segments += stage.screen.status(stage).right
        segments.append(
            Segment(Format.elapsed(stage.snapshot.elapsed), role: .foreground, priority: 5))
        segments += WallClock.segment(stage, in: .status)
        segments.append(recording(stage))
        return segments
    }

    private static func recording(_ stage: Stage<some Screen>) -> Segment {
        switch stage.snapshot.recording {
        case .off: return Segment("not recorded", short: "no REC", role: .inactive, priority: 6, shortenAt: 3)
        case .running(_, let bytes):
            if stage.isOver {
                return Segment(
                    "recorded \(Format.bytes(Double(bytes)))", short: "recorded", role: .good, priority: 6,
                    shortenAt: 3)
            }
            let sign = String(Character(stage.glyphs.record))
            return Segment(
                "\(sign) REC \(Format.bytes(Double(bytes)).padded(to: 6))", short: "\(sign) REC", role: .good,
                priority: 6, shortenAt: 0)
        case .failed: return Segment("! REC FAILED", role: .bad, [.bold, .reverse], priority: 8)
        case .replaying: return Segment("REPLAY", role: .live, .bold, priority: 6)
        }
    }
}
