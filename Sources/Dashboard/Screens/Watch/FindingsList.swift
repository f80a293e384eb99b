import Canvas
import Charts
import Measure

/// What stands against endpoints, each in a sentence, since when, and what it usually comes of.
enum FindingsList {
    static func draw(_ scene: WatchScene, of shown: [Int], on canvas: inout Canvas, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let lines = lines(scene, of: shown)
        for (row, line) in lines.prefix(rect.height).enumerated() {
            var x = rect.x
            for (text, role) in line {
                x += canvas.write(
                    canvas.glyphs.fit(text), x: x, y: rect.y + row, style: scene.style(role),
                    maxWidth: max(0, rect.maxX - x), ellipsis: canvas.glyphs.ellipsis)
            }
        }
    }

    private static func lines(_ scene: WatchScene, of shown: [Int]) -> [[(String, ThemeRole)]] {
        shown.flatMap { index in
            let server = scene.servers[index]
            return server.findings.map { finding in
                let role: ThemeRole =
                    switch finding.diagnosis.weight {
                    case .red: .bad
                    case .yellow: .warn
                    case .note: .foreground
                    }
                return [
                    ("\(scene.clock(finding.since))  ", .inactive),
                    ("\(scene.sign(of: index)) \(scene.label(of: server))  ", .series(index)),
                    (finding.sentence.text, role), ("   \(finding.diagnosis.usualCause.text)", .inactive),
                ]
            }
        }
    }
}
