import Charts
import Measure

/// One row an endpoint, with its sign and colour; the selected one is shown in detail in all other panels.
///
/// Differences are to the first endpoint, like with like: plateaus when both are known, what comes out now
/// while both run.
enum EndpointsPanel {
    static func draw(_ scene: Scene, on canvas: inout Canvas, in rect: Rect) {
        let right =
            !scene.filter.isForEndpoints ? nil : "filter \"\(Harmless.text(scene.view.filter, limit: 20))\""
        let inner = Panel("endpoints", right: right, digit: 6, role: .divider)
            .draw(on: &canvas, in: rect, theme: scene.theme, glyphs: scene.glyphs)
        guard !inner.isEmpty else { return }
        let shown = scene.shownEndpoints
        TextTable(
            columns: columns, rows: shown.map { row(scene, index: $0) },
            selected: shown.firstIndex(of: scene.endpointIndex), emptyText: "no endpoint yet"
        ).draw(on: &canvas, in: inner, theme: scene.theme, glyphs: scene.glyphs)
    }

    private static let columns = [
        TableColumn("", alignment: .left, priority: 20, minWidth: 1, maxWidth: 1),
        TableColumn("endpoint", alignment: .left, priority: 20, minWidth: 10, maxWidth: 24),
        TableColumn("model", alignment: .left, priority: 1, minWidth: 8, maxWidth: 24),
        TableColumn("state", alignment: .left, priority: 12, minWidth: 14, maxWidth: 14),
        TableColumn("users", priority: 8, minWidth: 5),
        TableColumn("tok/s", priority: 11, minWidth: 6),
        TableColumn("vs 1st", priority: 9, minWidth: 7),
        TableColumn("TTFT p95", priority: 7, minWidth: 8),
        TableColumn("vs 1st", priority: 3, minWidth: 7),
        TableColumn("TPOT p95", priority: 6, minWidth: 8),
        TableColumn("err", priority: 5, minWidth: 4),
        TableColumn("plateau", priority: 4, minWidth: 8),
        TableColumn("load line", priority: 10, minWidth: 9),
    ]

    private static func row(_ scene: Scene, index: Int) -> [TableCell] {
        guard let endpoint = scene.snapshot.endpoints.at(index), let first = scene.snapshot.endpoints.first
        else { return [] }
        let level = scene.shown(in: endpoint)
        let firstLevel = scene.shown(in: first)
        let ttft = level?.ttft.percentile(.p95)
        let failed = endpoint.failed > 0
        return [
            TableCell(scene.sign(of: index), role: .series(index), attributes: .bold),
            TableCell(Harmless.text(endpoint.info.label, limit: 60), role: .series(index)),
            TableCell(Harmless.text(endpoint.info.model, limit: 60), role: .inactive),
            TableCell(
                Words.shortPhase(of: endpoint, in: scene.snapshot), role: Words.role(of: endpoint.phase)),
            TableCell("\(users(endpoint))"),
            TableCell(Format.grouped(output(endpoint))),
            TableCell(index == 0 ? "" : difference(output(endpoint), output(first))),
            TableCell(Format.duration(ttft)),
            TableCell(index == 0 ? "" : difference(ttft, firstLevel?.ttft.percentile(.p95))),
            TableCell(Format.duration(level?.tpot.percentile(.p95))),
            failed
                ? TableCell("\(endpoint.failed)", role: .bad, attributes: .bold) : TableCell("0"),
            TableCell(
                endpoint.plateau.map { ($0.reached ? "" : "≥ ") + Format.grouped($0.throughput) }
                    ?? Format.unknown),
            TableCell(
                endpoint.loadLine.map { ($0.brokenAt == nil ? "≥ " : "") + "\($0.concurrency) u" }
                    ?? Format.unknown, role: .loadLine, attributes: .bold),
        ]
    }

    /// Those that the tokens/s beside them are of.
    private static func users(_ endpoint: EndpointSnapshot) -> Int {
        if endpoint.phase.isFinal, let plateau = endpoint.plateau { return plateau.concurrency }
        return endpoint.users
    }

    /// What comes out: the plateau of an endpoint that's done, else what comes now.
    private static func output(_ endpoint: EndpointSnapshot) -> Double {
        if endpoint.phase.isFinal, let plateau = endpoint.plateau { return plateau.throughput }
        return endpoint.tokensPerSecond
    }

    private static func difference(_ value: Double?, _ reference: Double?) -> String {
        guard let value, let reference, reference > 0, value > 0, value.isFinite else {
            return Format.unknown
        }
        return Format.signedPercent(value / reference - 1)
    }
}
