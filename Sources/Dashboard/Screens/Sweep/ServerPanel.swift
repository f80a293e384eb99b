import Canvas
import Charts
import Measure

/// What the server says: who runs and waits there beside what is out from here, its TTFT beside the client's.
enum ServerPanel {
    /// The lines of words.
    static let lines = 3

    static func draw(_ scene: Scene, on canvas: inout Canvas, in rect: Rect) {
        let view = SweepServer(scene)
        let inner = Panel("server", right: view?.head(scene), digit: PanelKind.server.digit, role: .divider)
            .draw(on: &canvas, in: rect)
        guard !inner.isEmpty else { return }
        guard let view else {
            canvas.write(
                scene.glyphs.fit("the server's page tells nothing"), x: inner.x, y: inner.y,
                style: scene.style(.inactive), maxWidth: inner.width)
            return
        }
        for (row, line) in [load(view), firstToken(view), caches(view)].prefix(inner.height).enumerated() {
            line.draw(on: &canvas, x: inner.x, y: inner.y + row, width: inner.width)
        }
        guard scene.view.maximised == .server, inner.height > lines else { return }
        ServerDetails.draw(
            view, scene, on: &canvas,
            in: Rect(
                x: inner.x, y: inner.y + lines, width: inner.width, height: inner.height - lines))
    }

    private static func load(_ view: SweepServer) -> SegmentLine {
        let waits = view.now.waiting ?? 0 > 0
        return SegmentLine(left: [
            Segment("running \(view.running)", priority: 9),
            Segment("waiting \(view.waiting)", role: waits ? .warn : .foreground, priority: 8),
            Segment("KV \(view.kvUsage)", priority: 7),
            Segment("out from here \(Format.grouped(view.endpoint.inFlight))", role: .inactive, priority: 6),
        ])
    }

    private static func firstToken(_ view: SweepServer) -> SegmentLine {
        var parts = [
            Segment("TTFT \(Format.duration(view.ttft)) there", priority: 9),
            Segment("\(Format.duration(view.clientTTFT)) here", priority: 8),
        ]
        if let way = view.onTheWay {
            parts.append(
                Segment(
                    "\(Format.duration(way)) network and API server",
                    short: "\(Format.duration(way)) between",
                    role: .inactive, priority: 5, shortenAt: 2))
        }
        parts.append(
            Segment(
                "queue \(Format.duration(view.queue)) + prefill \(Format.duration(view.prefill))",
                short: "queue \(Format.duration(view.queue))", role: .inactive, priority: 6, shortenAt: 3))
        return SegmentLine(left: parts)
    }

    private static func caches(_ view: SweepServer) -> SegmentLine {
        SegmentLine(left: [
            Segment("prefix hits \(Format.percent(view.hitRate))", priority: 7),
            Segment("preemptions \(view.preemptions)", priority: 8),
            Segment("drafts accepted \(Format.percent(view.acceptance))", role: .inactive, priority: 5),
        ])
    }
}
