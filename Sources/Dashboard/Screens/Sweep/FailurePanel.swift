import Canvas
import Charts
import Measure

/// In place of charts that would stay blank: why an endpoint can't be used, and what can be done.
enum FailurePanel {
    /// Whether the selected endpoint failed before anything was measured.
    static func applies(_ scene: Scene) -> Bool {
        guard let endpoint = scene.endpoint, endpoint.phase.isFailed else { return false }
        return endpoint.levels.isEmpty && endpoint.live == nil
    }

    static func draw(_ scene: Scene, on canvas: inout Canvas, in rect: Rect) {
        guard let endpoint = scene.endpoint, case .failed(let message) = endpoint.phase else { return }
        let sign = String(Character(scene.glyphs.bad))
        let label = Harmless.text(endpoint.info.label, limit: 40)
        let inner = Panel("\(sign) \(label) can't be used", role: .bad, isFocused: true)
            .draw(on: &canvas, in: rect)
        guard inner.width > 2, inner.height > 0 else { return }
        let text = Rect(x: inner.x + 1, y: inner.y, width: inner.width - 2, height: inner.height)
        var lines = Paragraph.lines(message.isEmpty ? "no reason was given" : message, width: text.width)
            .map { ($0, scene.style(.bad, .bold)) }
        var details: [(String, Style)] = [("", scene.style(.foreground))]
        details += Paragraph.lines(endpoint.info.url.text, width: text.width).map {
            ($0, scene.style(.foreground))
        }
        let hint =
            scene.hasSeveral
            ? "The other endpoints go on. `plimsoll probe` tells more about this one."
            : "Nothing can be measured: q quits. `plimsoll probe` tells more about this endpoint."
        details += Paragraph.lines(hint, width: text.width).map { ($0, scene.style(.inactive)) }
        if lines.count + details.count <= text.height { lines += details }
        for (row, line) in lines.prefix(text.height).enumerated() {
            canvas.write(line.0, x: text.x, y: text.y + row, style: line.1, maxWidth: text.width)
        }
    }
}
