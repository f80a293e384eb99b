import Canvas
import Charts
import Measure

/// Below the list of endpoints when it's alone on the screen: what each of them is and how it did, in words, and all of
/// them side by side at each load.
enum EndpointDetails {
    /// What the comparison wants before others than the selected endpoint get their words.
    private static let leastComparison = 5

    static func draw(_ scene: Scene, on canvas: inout Canvas, in rect: Rect) {
        let comparison = comparison(scene)
        let all = scene.shownEndpoints.flatMap { words(of: $0, scene) }
        let fewest = min(leastComparison, comparison.rows.count + 1) + 1
        let lines = all.count + fewest <= rect.height ? all : words(of: scene.endpointIndex, scene)
        var y = rect.y
        for line in lines.prefix(rect.height) {
            scene.draw(line, on: &canvas, in: Rect(x: rect.x, y: y, width: rect.width, height: 1))
            y += 1
        }
        guard !comparison.rows.isEmpty, rect.maxY - y > 2 else { return }
        canvas.write(
            scene.glyphs.fit("at each load, differences to the first endpoint"), x: rect.x, y: y + 1,
            style: scene.style(.title), maxWidth: rect.width)
        comparison.draw(
            on: &canvas, in: Rect(x: rect.x, y: y + 2, width: rect.width, height: rect.maxY - y - 2))
    }

    /// Two lines: what it is, and what came of it.
    private static func words(of index: Int, _ scene: Scene) -> [SegmentLine] {
        guard let endpoint = scene.snapshot.endpoints.at(index) else { return [] }
        let info = endpoint.info
        var what = [Segment(scene.sign(of: index), role: .series(index), .bold, priority: 9)]
        what.append(Segment(Harmless.text(info.url.text, limit: 120), priority: 8))
        what.append(Segment(Harmless.text(info.server?.text ?? "", limit: 60), role: .inactive, priority: 6))
        what.append(Segment(Harmless.text(info.model.text, limit: 80), role: .inactive, priority: 7))
        what.append(Segment(Harmless.text(info.dialect, limit: 40), role: .inactive, priority: 5))
        if case .failed(let message) = endpoint.phase {
            let reason = Segment(Harmless.text(message, limit: 200), role: .bad, .bold, priority: 9)
            return [SegmentLine(left: what), SegmentLine(left: [Segment(" ", priority: 9), reason])]
        }
        var outcome = Verdict.answer(of: endpoint, scene)
        if endpoint.failed > 0 {
            let count = "\(Format.grouped(endpoint.failed)) failed"
            let kinds = endpoint.errors.map { "\(Format.grouped($0.count)) × \(Words.failure($0.kind))" }
            outcome.append(
                Segment(
                    kinds.isEmpty ? count : "\(count): \(kinds.joined(separator: ", "))", short: count,
                    role: .bad, priority: 6, shortenAt: 3))
        }
        return [
            SegmentLine(left: what), SegmentLine(left: [Segment(" ", priority: 9)] + outcome),
        ]
    }

    private typealias Figure = (value: (LevelResult) -> Double?, text: (Double?) -> String)

    /// A row a load, from the smallest; the last run of each counts.
    private static func comparison(_ scene: Scene) -> TextTable {
        let endpoints = scene.shownEndpoints.filter { !scene.snapshot.endpoints[$0].levels.isEmpty }
        let levels = endpoints.map { index in
            Dictionary(scene.snapshot.endpoints[index].levels.map { ($0.load, $0) }) { $1 }
        }
        let figures: [Figure] = [
            ({ $0.bearsRates ? $0.throughput.mean : nil }, { Format.speed($0) }),
            ({ $0.ttft.percentile(.p95) }, { Format.duration($0) }),
        ]
        var columns = [TableColumn("users", priority: 100, minWidth: 5)]
        for (place, index) in endpoints.enumerated() {
            let sign = scene.sign(of: index)
            columns.append(TableColumn("\(sign) tok/s", priority: 90 - place, minWidth: 7))
            if place > 0 { columns.append(TableColumn("vs 1st", priority: 70 - place, minWidth: 6)) }
            columns.append(TableColumn("\(sign) TTFT p95", priority: 50 - place, minWidth: 10))
            if place > 0 { columns.append(TableColumn("vs 1st", priority: 30 - place, minWidth: 6)) }
        }
        let rows = Set(levels.flatMap(\.keys)).sorted().map { load -> [TableCell] in
            let first = endpoints.first == 0 ? levels.first?[load] : nil
            var cells = [TableCell(load.label)]
            for (place, index) in endpoints.enumerated() {
                let level = levels[place][load]
                for figure in figures {
                    let value = level.flatMap(figure.value)
                    cells.append(TableCell(figure.text(value), role: .series(index)))
                    guard place > 0 else { continue }
                    let versus = EndpointsPanel.difference(value, first.flatMap(figure.value))
                    cells.append(TableCell(versus ?? Format.unknown))
                }
            }
            return cells
        }
        return TextTable(columns: columns, rows: rows)
    }
}
