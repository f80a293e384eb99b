import Canvas
import Charts
import Measure

/// The GPUs: a row each, or where there's no room for that several side by side in a few words.
///
/// Utilisation, memory, power, temperature and clock are so now; what held the clocks down, and joules a token, are over the
/// last minute. **As it gets narrower**, these columns give way, first to last: the memory's temperature, memory clock and
/// busy share (which only show when the panel is alone), processes, joules a token, clock, bars. Where there are several
/// machines, each row names its own.
enum GPUsPanel {
    static func draw(
        _ scene: WatchScene, _ memory: inout WatchMemory, on canvas: inout Canvas, in rect: Rect
    ) {
        guard let gpus = scene.watch.gpus else { return }
        let silent = silent(gpus, scene)
        let shown = gpus.scrape.filter { gpu in !silent.contains { $0.id == gpu.source } }
        let withHost = gpus.scrape.areOfSeveralHosts
        let inner = Panel("GPUs", right: total(shown), digit: 5).draw(on: &canvas, in: rect)
        guard !inner.isEmpty else { return }
        let lines = silent.map(\.words) + (shown.isEmpty && silent.isEmpty ? ["no GPU"] : [])
        let room = inner.height - min(lines.count, shown.isEmpty ? inner.height : max(1, inner.height / 3))
        let rows = shown.map { GPURow($0, of: gpus, scene, withHost: withHost) }
        let isAlone = scene.view.maximised == .gpus
        var y = inner.y
        if !rows.isEmpty {
            let table = Rect(x: inner.x, y: y, width: inner.width, height: min(room, rows.count + 1))
            if room > rows.count || isAlone {
                TextTable(
                    columns: GPURow.columns(width: inner.width, isAlone: isAlone, withHost: withHost),
                    rows: rows.map { $0.cells(width: inner.width, isAlone: isAlone) }, leastGap: 1
                ).draw(on: &canvas, in: table)
                y = table.maxY
            } else {
                drawShort(
                    rows, scene, on: &canvas, in: Rect(x: inner.x, y: y, width: inner.width, height: room))
                y += room
            }
        }
        for line in lines where y < inner.maxY {
            canvas.write(
                canvas.glyphs.fit(line), x: inner.x + 1, y: y, style: scene.style(.warn, .bold),
                maxWidth: inner.width - 1, ellipsis: canvas.glyphs.ellipsis)
            y += 1
        }
        guard isAlone else { return }
        GPUCourses.draw(
            shown, scene, &memory, on: &canvas,
            in: Rect(x: inner.x, y: y + 1, width: inner.width, height: inner.maxY - y - 1))
    }

    /// From the top to the bottom, then the next column.
    private static func drawShort(
        _ rows: [GPURow], _ scene: WatchScene, on canvas: inout Canvas, in rect: Rect
    ) {
        let across = max(1, rect.width / GPURow.shortColumns(withHost: rows.contains(where: \.namesHost)))
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

    /// Those whose figures may be of another time, which are none.
    private static func silent(_ gpus: GPUsSnapshot, _ scene: WatchScene) -> [(id: SourceID, words: String)] {
        let patience = max(5 * .second, 3 * scene.interval)
        let moment = scene.screen.cursor ?? (scene.snapshot.ended ? nil : scene.snapshot.at)
        return gpus.sources.compactMap { source in
            source.silence(at: moment, patience: patience).map { words in
                (
                    source.id,
                    gpus.sources.count > 1 ? "\(Harmless.text(source.name.text, limit: 40)): \(words)" : words
                )
            }
        }
    }

    /// Boards only: neither the host nor the cooling.
    private static func total(_ gpus: [GPUFigures]) -> String? {
        let watts = gpus.compactMap(\.watts)
        guard !watts.isEmpty else { return nil }
        return "all boards \(Format.grouped(watts.reduce(0, +))) W"
    }
}

extension GPUSourceSnapshot {
    /// Why its figures aren't shown; nil where they are.
    ///
    /// - Parameters:
    ///   - moment: they are to be of this; nil: of whenever they are.
    ///   - patience: how old they may be.
    func silence(at moment: Moment?, patience: Nanoseconds) -> String? {
        if let trouble { return "hidden: \(Harmless.text(trouble.text, limit: 120))" }
        guard let lastReading else { return "no reading yet" }
        guard let moment, moment - lastReading > patience else { return nil }
        let why = name == SourceInfo.ownGPUs ? ": the driver hangs" : ""
        return "hidden: no answer for \(WatchSpan.words(moment - lastReading))\(why)"
    }
}
