import Canvas
import Charts
import Measure

/// One row an endpoint, with its sign and colour; the selected one is shown in detail in all other panels.
///
/// Differences are to the first endpoint under as many users, which are named; none where it never had as many. Alone on
/// the screen it has `EndpointDetails` below it.
enum EndpointsPanel {
    static func draw(_ scene: Scene, on canvas: inout Canvas, in rect: Rect) {
        let shown = scene.shownEndpoints
        let all = scene.snapshot.endpoints.count
        var right: String?
        if scene.filter.isForEndpoints {
            right = "\(shown.count) of \(all): filter \"\(Harmless.text(scene.view.filter, limit: 20))\""
        } else if rect.height - 3 < shown.count, rect.height > 3 {
            right = "\(rect.height - 3) of \(all)"
        }
        let inner = Panel("endpoints", right: right, digit: PanelKind.endpoints.digit, role: .divider)
            .draw(on: &canvas, in: rect)
        guard !inner.isEmpty else { return }
        var table = inner
        if scene.view.maximised == .endpoints {
            table.height = min(inner.height, shown.count + 1, max(inner.height / 2, 2))
        }
        TextTable(
            columns: columns, rows: shown.map { row(scene, index: $0) },
            selected: shown.firstIndex(of: scene.endpointIndex), emptyText: "no endpoint yet"
        ).draw(on: &canvas, in: table)
        guard inner.height > table.height + 2 else { return }
        EndpointDetails.draw(
            scene, on: &canvas,
            in: Rect(
                x: inner.x, y: table.maxY + 1, width: inner.width, height: inner.maxY - table.maxY - 1))
    }

    private static let columns = [
        TableColumn("", alignment: .left, priority: 20, minWidth: 1, maxWidth: 1),
        TableColumn("endpoint", alignment: .left, priority: 20, minWidth: 10, maxWidth: 24),
        TableColumn("model", alignment: .left, priority: 1, minWidth: 8, maxWidth: 24),
        TableColumn("state", alignment: .left, priority: 12, minWidth: 14, maxWidth: 14),
        TableColumn("users", priority: 8, minWidth: 5),
        TableColumn("tok/s", priority: 11, minWidth: 6),
        TableColumn("vs 1st", priority: 9, minWidth: 12),
        TableColumn("TTFT p95", priority: 7, minWidth: 8),
        TableColumn("vs 1st", priority: 3, minWidth: 12),
        TableColumn("TPOT p95", priority: 6, minWidth: 8),
        TableColumn("err", priority: 5, minWidth: 4),
        TableColumn("plateau", priority: 4, minWidth: 8),
        TableColumn("load line", priority: 10, minWidth: 9),
    ]

    private static func row(_ scene: Scene, index: Int) -> [TableCell] {
        guard let endpoint = scene.snapshot.endpoints.at(index), let first = scene.snapshot.endpoints.first
        else { return [] }
        let figures = Figures(endpoint, scene)
        let reference = index == 0 ? nil : Figures.of(first, at: figures, scene)
        let failed = endpoint.failed > 0
        let load = figures.load.map { " at \($0.label)" } ?? ""
        func versus(_ figure: (Figures) -> Double?) -> TableCell {
            guard index > 0 else { return "" }
            guard let difference = difference(figure(figures), reference.flatMap(figure)) else {
                return TableCell(Format.unknown)
            }
            return TableCell(difference + load)
        }
        return [
            TableCell(scene.sign(of: index), role: .series(index), attributes: .bold),
            TableCell(Harmless.text(endpoint.info.label, limit: 60), role: .series(index)),
            TableCell(Harmless.text(endpoint.info.model.text, limit: 60), role: .inactive),
            TableCell(
                Words.shortPhase(of: endpoint, in: scene.snapshot), role: Words.role(of: endpoint.phase)),
            TableCell(figures.load?.label ?? "0"),
            TableCell(Format.speed(figures.throughput)),
            versus(\.throughput),
            TableCell(Format.duration(figures.ttft)),
            versus(\.ttft),
            TableCell(Format.duration(figures.tpot)),
            failed
                ? TableCell("\(endpoint.failed)", role: .bad, attributes: .bold) : TableCell("0"),
            TableCell(
                endpoint.plateau.map { ($0.reached ? "" : "≥ ") + Format.speed($0.throughput) }
                    ?? Format.unknown),
            TableCell(loadLine(endpoint), role: .loadLine, attributes: .bold),
        ]
    }

    /// "≥ 64 u", "5 u ?" where it is not certain.
    private static func loadLine(_ endpoint: EndpointSnapshot) -> String {
        guard let line = endpoint.loadLine, !endpoint.wentAway else { return Format.unknown }
        let open = line.isOpen ? "≥ " : ""
        return "\(open)\(line.load.label) \(line.load.unit.prefix(1))\(endpoint.loadDoubt == nil ? "" : " ?")"
    }

    static func difference(_ value: Double?, _ reference: Double?) -> String? {
        guard let value, let reference, reference > 0, value > 0, value.isFinite else { return nil }
        return Format.signedPercent(value / reference - 1)
    }

    /// A row's figures, all of one level: of the one that stands for an endpoint which is done, else of what
    /// comes now.
    private struct Figures {
        var load: Load?
        var throughput: Double?
        var ttft: Double?
        var tpot: Double?
        /// A warm-up is compared with nothing.
        var isComparable = true

        init(_ level: LevelResult?) {
            load = level?.load
            throughput = level?.throughput.mean
            ttft = level?.ttft.percentile(.p95)
            tpot = level?.tpot.percentile(.p95)
        }

        init(_ endpoint: EndpointSnapshot, _ scene: Scene) {
            self.init(scene.reviewed(in: endpoint) ?? scene.shown(in: endpoint))
            guard scene.reviewed(in: endpoint) == nil else { return }
            load = .users(endpoint.users)
            throughput = endpoint.tokensPerSecond
            if case .measuring = endpoint.phase { return }
            isComparable = false
        }

        /// The same of `first` under the same load: now, or when it had it.
        static func of(_ first: EndpointSnapshot, at figures: Figures, _ scene: Scene) -> Figures? {
            guard figures.isComparable else { return nil }
            let now = Figures(first, scene)
            if now.isComparable, now.load == figures.load { return now }
            return first.levels.last { $0.load == figures.load }.map { Figures($0) }
        }
    }
}
