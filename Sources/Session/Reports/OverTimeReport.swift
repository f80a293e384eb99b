import Canvas
import Charts
import Measure

/// A soak test's slices, a row each.
enum OverTimeReport {
    /// Empty where it was none.
    static func text(_ snapshot: Snapshot, width: Int?) -> String {
        snapshot.endpoints.compactMap { endpoint -> String? in
            let own = snapshot.slices.filter { $0.endpoint == endpoint.info.id }
            guard !own.isEmpty else { return nil }
            return "\n\(endpoint.info.label) over time\n" + table(own, width: width ?? 240)
        }.joined()
    }

    /// The same of one, as it comes; with the endpoint's name where there are several.
    static func line(_ slice: LevelResult, since start: Moment, of endpoint: String?) -> String {
        let cells = zip(titles, cells(slice, since: start)).map { $0 == "trust" ? $1 : "\($0) \($1)" }
        return ([endpoint].compactMap(\.self) + cells).joined(separator: " · ") + "\n"
    }

    private static let titles = [
        "from", "req/s", "tok/s", "TTFT p50", "p95", "TPOT p50", "p95", "E2E p95", "err", "trust",
    ]
    /// What gives way first on a narrow terminal.
    private static let priorities = [10, 2, 9, 8, 7, 6, 3, 4, 8, 5]

    private static func cells(_ slice: LevelResult, since start: Moment) -> [String] {
        let flags = slice.trust.map { slice.label(of: $0) }.joined(separator: ", ")
        return [
            Format.elapsed(slice.windowStart - start), Format.rate(slice.requestThroughput),
            Format.speed(slice.throughput.mean),
            Format.duration(slice.ttft.percentile(.p50)), Format.duration(slice.ttft.percentile(.p95)),
            Format.duration(slice.tpot.percentile(.p50)), Format.duration(slice.tpot.percentile(.p95)),
            Format.duration(slice.e2e.percentile(.p95)),
            slice.failed == 0 ? "0" : Format.percent(slice.errorRate),
            (flags.isEmpty ? "ok" : "! " + flags) + (slice.hasFewSamples ? "  n=\(slice.completed)" : ""),
        ]
    }

    private static func table(_ slices: [LevelResult], width: Int) -> String {
        let start = slices.map(\.windowStart).min() ?? .zero
        let columns = zip(titles, priorities).map { title, priority in
            TableColumn(title, alignment: title == "trust" ? .left : .right, priority: priority)
        }
        let rows = slices.map { cells($0, since: start).map { TableCell($0) } }
        let table = TextTable(columns: columns, rows: rows)
        var canvas = Canvas(width: width, height: rows.count + 1, glyphs: .block)
        table.draw(on: &canvas, in: canvas.bounds)
        return canvas.text + "\n"
    }
}
