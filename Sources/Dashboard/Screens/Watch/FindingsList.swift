import Canvas
import Charts
import Measure

/// What stands against endpoints, each in a sentence, since when, and what it usually comes of.
enum FindingsList {
    static func draw(_ scene: WatchScene, of shown: [Int], on canvas: inout Canvas, in rect: Rect) {
        var y = rect.y
        for index in shown {
            let server = scene.servers[index]
            for finding in server.findings {
                guard y < rect.maxY else { return }
                let line = SegmentLine(left: [
                    Segment(scene.clock(finding.since), role: .inactive, priority: 3),
                    Segment(
                        "\(scene.sign(of: index)) \(scene.label(of: server))", role: .series(index),
                        priority: 4),
                    Segment(
                        scene.glyphs.fit(finding.sentence.text), role: finding.diagnosis.weight.role,
                        priority: 5),
                ])
                line.draw(on: &canvas, x: rect.x, y: y, width: rect.width)
                y += 1
                guard y < rect.maxY else { return }
                canvas.write(
                    scene.glyphs.fit("usually: \(finding.diagnosis.usualCause.text)"), x: rect.x + 10, y: y,
                    style: scene.style(.inactive), maxWidth: rect.width - 10,
                    ellipsis: canvas.glyphs.ellipsis)
                y += 1
            }
        }
    }
}

extension Diagnosis.Weight {
    var role: ThemeRole {
        switch self {
        case .red: .bad
        case .yellow: .warn
        case .note: .foreground
        }
    }
}
