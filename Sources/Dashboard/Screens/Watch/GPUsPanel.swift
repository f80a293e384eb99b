import Canvas
import Charts
import Measure

/// The GPUs: a row each, or where there's no room for that several side by side in a few words.
///
/// Utilisation, memory, power, temperature and clock are so now; what held the clocks down, and joules a token, are over the
/// last minute. **As it gets narrower**, these columns give way, first to last: the memory's temperature, memory clock and
/// busy share (which only show when the panel is alone), processes, joules a token, clock, bars.
enum GPUsPanel {
    static func draw(
        _ scene: WatchScene, _ memory: inout WatchMemory, on canvas: inout Canvas, in rect: Rect
    ) {
        guard let gpus = scene.snapshot.watch.gpus else { return }
        let shown = shown(gpus, memory, scene)
        let hidden = hidden(gpus, scene)
        let inner = Panel(
            "GPUs", right: hidden == nil ? total(shown.now) : nil, digit: 5
        ).draw(on: &canvas, in: rect)
        guard !inner.isEmpty else { return }
        if let hidden {
            canvas.write(
                canvas.glyphs.fit(hidden), x: inner.x + 1, y: inner.y, style: scene.style(.warn, .bold),
                maxWidth: inner.width - 1, ellipsis: canvas.glyphs.ellipsis)
            return
        }
        let rows = shown.now.map { GPURow($0, over: shown.minute, scene) }
        let isAlone = scene.view.maximised == .gpus
        if inner.height > rows.count || isAlone {
            let height = min(inner.height, rows.count + 1)
            TextTable(
                columns: GPURow.columns(width: inner.width, isAlone: isAlone),
                rows: rows.map { $0.cells(width: inner.width, isAlone: isAlone) }, leastGap: 1
            ).draw(on: &canvas, in: Rect(x: inner.x, y: inner.y, width: inner.width, height: height))
            if isAlone {
                GPUCourses.draw(
                    scene, &memory, on: &canvas,
                    in: Rect(
                        x: inner.x, y: inner.y + height + 1, width: inner.width,
                        height: inner.height - height - 1))
            }
            return
        }
        drawShort(rows, scene, on: &canvas, in: inner)
    }

    /// From the top to the bottom, then the next column.
    private static func drawShort(
        _ rows: [GPURow], _ scene: WatchScene, on canvas: inout Canvas, in rect: Rect
    ) {
        let across = max(1, rect.width / GPURow.shortColumns)
        let width = rect.width / across
        // What is worst is not to be left out.
        let fitting = across * rect.height
        let picked =
            rows.count <= fitting
            ? Array(rows.indices)
            : rows.indices.sorted { (-rows[$0].severity, $0) < (-rows[$1].severity, $1) }.prefix(fitting)
                .sorted()
        let down = (picked.count + across - 1) / across
        for (place, index) in picked.enumerated() {
            rows[index].drawShort(
                scene, on: &canvas, x: rect.x + place / max(1, down) * width,
                y: rect.y + place % max(1, down),
                width: width - 1)
        }
    }

    private static func shown(
        _ gpus: GPUsSnapshot, _ memory: WatchMemory, _ scene: WatchScene
    ) -> (now: [GPUFigures], minute: [GPUFigures]) {
        scene.screen.cursor == nil ? (gpus.scrape, gpus.minute) : (memory.gpusThen, memory.gpusThen)
    }

    /// Why nothing is shown: figures that may be of another time are none.
    private static func hidden(_ gpus: GPUsSnapshot, _ scene: WatchScene) -> String? {
        if let trouble = gpus.trouble { return "hidden: \(Harmless.text(trouble.text, limit: 120))" }
        guard let last = gpus.lastReading else { return "no reading yet" }
        let age = scene.snapshot.at - last
        guard age > max(5 * .second, 3 * scene.interval), !scene.snapshot.ended else {
            return gpus.scrape.isEmpty ? "no GPU" : nil
        }
        return "hidden: no answer for \(WatchSpan.words(age)): the driver hangs"
    }

    /// Boards only: neither the host nor the cooling.
    private static func total(_ gpus: [GPUFigures]) -> String? {
        let watts = gpus.compactMap(\.watts)
        guard !watts.isEmpty else { return nil }
        return "all boards \(Format.grouped(watts.reduce(0, +))) W"
    }
}
