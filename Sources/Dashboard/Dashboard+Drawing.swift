import Canvas
import Charts
import Measure

extension Dashboard {
    /// The screen at `now`. Mutating only to hold charts and axes still.
    public mutating func draw(_ snapshot: Snapshot, width: Int, height: Int, now: Moment) -> Canvas {
        var canvas = Canvas(width: width, height: height, theme: theme, glyphs: glyphs)
        size = (canvas.width, canvas.height)
        if Layout.fits(width: width, height: height) {
            let scene = scene(frozen ?? settled(snapshot), now: now)
            draw(scene, on: &canvas)
        } else {
            drawTooSmall(on: &canvas)
        }
        canvas.fold()
        return canvas
    }

    /// When all is over the clock stands, and the last minutes stay those of the sweep: nothing is drawn anew.
    private mutating func settled(_ snapshot: Snapshot) -> Snapshot {
        guard snapshot.isOver else {
            ending = nil
            return snapshot
        }
        guard let ending, ending.endpoints.count == snapshot.endpoints.count, ending.at <= snapshot.at else {
            ending = snapshot
            return snapshot
        }
        var settled = snapshot
        settled.at = ending.at
        settled.lag = ending.lag
        for index in settled.endpoints.indices {
            settled.endpoints[index].history = ending.endpoints[index].history
        }
        return settled
    }

    mutating func scene(_ snapshot: Snapshot, now: Moment) -> Scene {
        let isFresh = held.map { now - $0.since < Self.chartInterval && now >= $0.since } ?? false
        if !isFresh { held = Held(snapshot: snapshot, since: now) }
        let maximised = view.maximised == .endpoints && snapshot.endpoints.count < 2 ? nil : view.maximised
        return Scene(
            snapshot: snapshot, charts: held?.snapshot ?? snapshot, view: view, mode: mode,
            band: band, isFrozen: isFrozen, keys: keys, theme: theme, glyphs: glyphs, now: now,
            panels: Layout.panels(
                width: size.width, height: size.height, endpoints: snapshot.endpoints.count,
                maximised: maximised))
    }

    private mutating func draw(_ scene: Scene, on canvas: inout Canvas) {
        let panels = scene.panels
        if let rect = panels[.status] { StatusPanel.draw(scene, on: &canvas, in: rect) }
        if let page = view.help {
            HelpPanel.draw(page, scene, on: &canvas, in: Self.helpRect(canvas.bounds))
        } else {
            drawPanels(scene, on: &canvas)
            if let rect = panels[.verdict] { VerdictPanel.draw(scene, on: &canvas, in: rect) }
            if let rect = panels[.message] { MessagePanel.draw(scene, on: &canvas, in: rect) }
        }
        if let rect = panels[.footer] { FooterPanel.draw(scene, on: &canvas, in: rect) }
    }

    /// All between the status line and the footer.
    static func helpRect(_ bounds: Rect) -> Rect {
        Rect(x: 0, y: 1, width: bounds.width, height: bounds.height - 2)
    }

    private mutating func drawPanels(_ scene: Scene, on canvas: inout Canvas) {
        var panels = scene.panels
        if FailurePanel.applies(scene) {
            let replaced: [PanelKind] = [.throughput, .ttft, .tpot].filter { panels[$0] != nil }
            let rects = replaced.compactMap { panels.removeValue(forKey: $0) }
            if let rect = rects.dropFirst().reduce(rects.first, { $0?.union($1) }) {
                FailurePanel.draw(scene, on: &canvas, in: rect)
            }
        }
        if let rect = panels[.throughput] {
            ThroughputPanel.draw(scene, memory: &memory, on: &canvas, in: rect)
        }
        if let rect = panels[.ttft] {
            LatencyPanel.draw(.ttft, scene, memory: &memory, on: &canvas, in: rect)
        }
        if let rect = panels[.tpot] {
            LatencyPanel.draw(.tpot, scene, memory: &memory, on: &canvas, in: rect)
        }
        if let rect = panels[.curve] { CurvePanel.draw(scene, memory: &memory, on: &canvas, in: rect) }
        if let rect = panels[.levels] { LevelsPanel.draw(scene, on: &canvas, in: rect) }
        if let rect = panels[.endpoints] { EndpointsPanel.draw(scene, on: &canvas, in: rect) }
    }

    private func drawTooSmall(on canvas: inout Canvas) {
        let need = "\(Layout.smallestWidth)×\(Layout.smallestHeight)"
        let texts = [
            "plimsoll needs \(need), this is \(canvas.width)×\(canvas.height): q quits",
            "needs \(need), q quits",
            need,
        ]
        let text = texts.first { TextWidth.columns(of: $0) <= canvas.width } ?? need
        canvas.write(text, x: 0, y: 0, style: canvas.theme.style(.warn), maxWidth: canvas.width)
    }
}

extension Rect {
    /// The smallest that holds both.
    func union(_ other: Rect) -> Rect {
        let left = min(x, other.x)
        let top = min(y, other.y)
        return Rect(
            x: left, y: top, width: max(maxX, other.maxX) - left, height: max(maxY, other.maxY) - top)
    }
}
