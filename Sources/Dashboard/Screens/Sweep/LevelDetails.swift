import Canvas
import Charts
import Measure

/// Below the level table when it's alone on the screen: all percentiles of the level that is looked at, the largest
/// values, too; and where there's room what tokens cost, and which run this is.
struct LevelDetails {
    private let level: LevelResult
    private let scene: Scene
    /// A heading, the table's header, and a row a latency.
    private static let rows = 6
    /// Of the level table itself.
    private static let leastTable = 5

    init?(_ scene: Scene) {
        guard let endpoint = scene.endpoint, let (level, _) = scene.drawn(in: endpoint, \.ttft) else {
            return nil
        }
        self.level = level
        self.scene = scene
    }

    /// What it takes of `room`, and a blank row between; nothing where the table would lose too much.
    func height(of room: Int, rows: Int) -> Int {
        room - Self.rows - 1 >= min(rows + 1, Self.leastTable) ? Self.rows + 1 : 0
    }

    func draw(on canvas: inout Canvas, in rect: Rect) {
        guard rect.height > Self.rows else { return }
        canvas.write(
            "at \(level.load.words), every latency", x: rect.x, y: rect.y + 1,
            style: scene.style(.title), maxWidth: rect.width)
        let columns =
            [TableColumn("", alignment: .left, priority: 9, minWidth: 4)]
            + [
                ("answers", 3), ("min", 1), ("mean", 4), ("p50", 6), ("p90", 2), ("p95", 8), ("p99", 7),
                ("max", 5),
            ]
            .map { TableColumn($0.0, priority: $0.1, minWidth: 7) }
        let latencies = [("TTFT", level.ttft), ("TPOT", level.tpot), ("ITL", level.itl), ("E2E", level.e2e)]
        let rows = latencies.map { name, distribution -> [TableCell] in
            let isKnown = distribution.count > 0
            let values: [Double?] =
                [isKnown ? distribution.min : nil, distribution.knownMean]
                + Percentile.allCases.map { distribution.percentile($0) } + [isKnown ? distribution.max : nil]
            return [TableCell(name, role: .graphText), TableCell(Format.grouped(distribution.count))]
                + values.map { TableCell(Format.duration($0)) }
        }
        TextTable(columns: columns, rows: rows).draw(
            on: &canvas, in: Rect(x: rect.x, y: rect.y + 2, width: rect.width, height: Self.rows - 1))
        let used = Self.rows + 2
        drawSession(
            on: &canvas,
            in: Rect(x: rect.x, y: rect.y + used, width: rect.width, height: rect.height - used))
    }

    /// Whole paragraphs only: half a command is none.
    private func drawSession(on canvas: inout Canvas, in rect: Rect) {
        guard let endpoint = scene.endpoint else { return }
        let texts =
            (scene.snapshot.session.plan?.prices.map { CostText.lines(endpoint, $0) } ?? [])
            + SessionText.lines(scene.snapshot)
        var y = rect.y
        for text in texts {
            let lines = Paragraph.lines(text, width: rect.width)
            guard y + lines.count <= rect.maxY else { continue }
            for line in lines {
                canvas.write(scene.glyphs.fit(line), x: rect.x, y: y, style: scene.style(.inactive))
                y += 1
            }
        }
    }
}
