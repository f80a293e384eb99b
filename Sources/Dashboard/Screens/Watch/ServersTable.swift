import Canvas
import Charts
import Measure

/// The table of endpoints, made from the figures that are looked at.
struct ServersTable {
    let columns: [TableColumn]
    private(set) var rows: [[TableCell]] = []
    private(set) var selected: Int?
    private(set) var total: [TableCell]?
    private let scene: WatchScene
    private let hasBar: Bool
    private let hasTrouble: Bool

    init(_ scene: WatchScene, shown: [Int], room: Int, width: Int) {
        self.scene = scene
        hasBar = width >= Self.columnsForBars
        hasTrouble = shown.contains { scene.servers[$0].statusWords(scene) != nil }
        columns = Self.columns(width: width, hasTrouble: hasTrouble)
        let all = shown.reduce(0) { $0 + 1 + Self.engines(scene.servers[$1]).count }
        // A row in sight tells more than a sum.
        let hasTotal = shown.count > 1 && (all < room || room >= Self.rowsForTotal)
        let showsAllEngines = all + (hasTotal ? 1 : 0) <= room
        var views: [ServerView] = []
        for index in shown {
            let server = scene.servers[index]
            let view = server.view
            if index == scene.endpointIndex { selected = rows.count }
            rows.append(row(server, index, view))
            if let view, !server.isSilent { views.append(view) }
            guard showsAllEngines || index == scene.endpointIndex else { continue }
            for (place, engine) in Self.engines(server).enumerated() {
                rows.append(row(engine, place, of: server, engine.view))
            }
        }
        if hasTotal { total = total(views) }
    }

    private static func engines(_ server: ServerSnapshot) -> [EngineSnapshot] {
        server.engines.count > 1 ? server.engines : []
    }

    private static let rowsForTotal = 8
    private static let columnsForBars = 100
    private static let columnsForNames = 60

    private static func columns(width: Int, hasTrouble: Bool) -> [TableColumn] {
        let isWide = width >= columnsForNames
        let isFull = width >= columnsForBars
        let state = TableColumn(
            "state", alignment: .left, priority: 95, minWidth: 13, maxWidth: isFull ? 40 : 18)
        return [
            TableColumn("", alignment: .left, priority: 100, minWidth: 2, maxWidth: 2),
            TableColumn("where", alignment: .left, priority: 100, minWidth: 5, maxWidth: isFull ? 24 : 16),
        ] + (hasTrouble ? [state] : []) + [
            TableColumn(
                "engine · model", alignment: .left, priority: 1, minWidth: 14,
                maxWidth: width >= 150 ? 40 : 17),
            TableColumn("run", priority: 100, minWidth: 4),
            TableColumn("wait", priority: 100, minWidth: 4),
            TableColumn("KV", priority: 88, minWidth: isFull ? 10 : 5),
            TableColumn("use", priority: 60, minWidth: 5),
            TableColumn(isFull ? "TTFT 50" : isWide ? "TTFT p50" : "p50", priority: 40, minWidth: 7),
            TableColumn(isFull ? "95" : isWide ? "TTFT p95" : "TTFT95", priority: 90, minWidth: 7),
            TableColumn(
                isFull ? "TPOT 95" : isWide ? "TPOT p95" : "TPOT95", priority: 85, minWidth: isFull ? 7 : 6),
            TableColumn("out/s", priority: 70, minWidth: 6),
            TableColumn("in/s", priority: 45, minWidth: 6),
            TableColumn("hit", priority: 55, minWidth: 5),
            TableColumn("pre/m", priority: 50, minWidth: 5),
            TableColumn("spec", priority: 30, minWidth: 5),
            TableColumn("err", priority: 65, minWidth: 5),
        ]
    }

    private func row(_ server: ServerSnapshot, _ index: Int, _ view: ServerView?) -> [TableCell] {
        let (mark, role) = Self.mark(of: server, scene)
        let words = server.statusWords(scene)
        return [
            TableCell("\(scene.sign(of: index))\(mark)", role: role ?? .series(index), attributes: .bold),
            TableCell(scene.label(of: server), role: .series(index)),
        ] + state(words ?? "", role: server.status == .waiting ? .inactive : .bad) + [
            TableCell(server.engineAndModel(inShort: true), role: .inactive)
        ] + figures(view, line: server.loadLine, isDim: server.isSilent)
    }

    private func row(
        _ engine: EngineSnapshot, _ place: Int, of server: ServerSnapshot, _ view: ServerView?
    ) -> [TableCell] {
        let isApart = server.facts?.apart.contains { $0.place == place } ?? false
        return [
            TableCell(isApart ? " !" : "", role: .warn, attributes: .bold),
            TableCell("  \(engine.name.text)", role: .inactive),
        ] + state("", role: .inactive) + [
            TableCell(isApart ? "unlike the others" : "", role: .warn)
        ] + figures(view, line: nil, isDim: server.isSilent)
    }

    private func state(_ words: String, role: ThemeRole) -> [TableCell] {
        hasTrouble ? [TableCell(words, role: role, attributes: words.isEmpty ? [] : .bold)] : []
    }

    /// Of the rows in sight that tell something.
    private func total(_ views: [ServerView]) -> [TableCell] {
        func sum(_ figure: (ServerView) -> Double?) -> Double? {
            let known = views.compactMap(figure)
            return known.isEmpty ? nil : known.reduce(0, +)
        }
        func count(_ figure: (ServerView) -> Double?) -> TableCell {
            TableCell(Format.grouped(sum(figure)))
        }
        func rate(_ figure: (ServerView) -> Double?) -> TableCell { TableCell(Self.rate(sum(figure))) }
        return ["", TableCell("all", role: .title)] + state("", role: .inactive) + [
            "", count(\.now.running), count(\.now.waiting), "", "", "", "",
            "", rate(\.minute.generationTokensPerSecond), rate(\.minute.promptTokensPerSecond), "",
            count { $0.minute.preemptionsPerSecond.map { $0 * 60 } }, "", "",
        ]
    }

    /// A sign for how it stands: what is wrong with it, else how it keeps the budget.
    static func mark(of server: ServerSnapshot, _ scene: WatchScene) -> (String, ThemeRole?) {
        switch Severity(server).weight {
        case .red: return (String(Character(scene.glyphs.bad)), .bad)
        case .yellow: return (String(Character(scene.glyphs.warn)), .warn)
        case .note, nil: break
        }
        guard let attainments = server.facts?.attainments, !attainments.isEmpty else { return (" ", nil) }
        let verdict = LatencyBudget.verdict(of: attainments)
        return (verdict.sign(scene.glyphs), verdict == .held || verdict == .idle ? nil : verdict.role)
    }

    private func figures(_ view: ServerView?, line: LineBeside?, isDim: Bool) -> [TableCell] {
        let now = view?.now
        let minute = view?.minute
        let cells = [
            TableCell(Format.grouped(now?.running)),
            TableCell(
                Format.grouped(now?.waiting), role: now?.waiting ?? 0 > 0 ? .warn : nil,
                attributes: now?.waiting ?? 0 > 0 ? .bold : []),
            kv(now?.kvUsage),
            use(line),
            TableCell(Format.quantile(minute?.ttft?.quantile(.p50))),
            latency(minute?.ttft, of: { if case .ttft = $0 { true } else { false } }),
            latency(minute?.perToken, of: { if case .tpot = $0 { true } else { false } }),
            TableCell(Self.rate(minute?.generationTokensPerSecond)),
            TableCell(Self.rate(minute?.promptTokensPerSecond)),
            TableCell(Format.wholePercent(minute?.prefixHitRate)),
            preemptions(minute),
            TableCell(Format.wholePercent(minute?.speculation?.acceptance)),
            errors(minute),
        ]
        guard isDim else { return cells }
        return cells.map { TableCell($0.text, role: .inactive) }
    }

    /// Every digit, as long as there's room for them.
    static func rate(_ value: Double?) -> String {
        value ?? 0 < 99_999.5 ? Format.speed(value) : Format.count(value)
    }

    private func kv(_ usage: Double?) -> TableCell {
        let role: ThemeRole? =
            switch usage ?? 0 {
            case Diagnosis.fullKV...: .bad
            case Diagnosis.highKV...: .warn
            default: nil
            }
        let text = Format.wholePercent(usage)
        guard hasBar else { return TableCell(text, role: role) }
        return TableCell("\(Self.bar(usage, columns: 4, scene.glyphs)) \(text.padded(to: 5))", role: role)
    }

    static func bar(_ share: Double?, columns: Int, _ glyphs: GlyphSet) -> String {
        guard let share, share.isFinite else { return String(repeating: " ", count: columns) }
        let full = Int((max(0, min(1, share)) * Double(columns)).rounded())
        let bars = glyphs.verticalBars
        return String(repeating: Character(bars[7]), count: full)
            + String(repeating: Character(bars[1]), count: columns - full)
    }

    /// How much of the load line; the line alone where traffic of other lengths can't be held against it.
    private func use(_ line: LineBeside?) -> TableCell {
        guard let line else { return TableCell(Format.unknown) }
        guard let share = line.share else {
            return TableCell("\(Character(scene.glyphs.loadLine))\(line.line.users)", role: .inactive)
        }
        return TableCell(Format.wholePercent(share), role: share > 1 ? .warn : .loadLine)
    }

    /// The 95th percentile, or the mean where there are no buckets to tell it from; red where it's over the budget's limit.
    private func latency(_ latency: LatencyFigures?, of isIts: (LatencyBudget.Metric) -> Bool) -> TableCell {
        guard let latency else { return TableCell(Format.unknown) }
        guard let p95 = latency.quantile(.p95) else {
            return TableCell(latency.mean.map { "ø " + Format.duration($0) } ?? Format.unknown)
        }
        let isOver = scene.limits.contains { limit in
            isIts(limit.metric) && limit.metric.statistic == .percentile(.p95) && p95.value > limit.below
        }
        return TableCell(Format.quantile(p95), role: isOver ? .bad : nil)
    }

    private func preemptions(_ figures: ServerFigures?) -> TableCell {
        let rate = figures?.preemptionsPerSecond.map { $0 * 60 }
        return TableCell(
            rate.map { $0 > 0 && $0 < 1 ? "<1" : Format.grouped($0) } ?? Format.unknown,
            role: rate ?? 0 > 0 ? .bad : nil)
    }

    private func errors(_ figures: ServerFigures?) -> TableCell {
        TableCell(
            Format.wholePercent(figures?.errorShare),
            role: figures?.errorShare ?? 0 > Diagnosis.tolerableErrors ? .bad : nil)
    }
}

extension ServerFigures {
    /// The time a token takes: where a server doesn't say it by request, its gaps between tokens.
    var perToken: LatencyFigures? { tpot ?? itl }
}

extension ServerSnapshot {
    /// Its figures are not of now.
    var isSilent: Bool {
        switch status {
        case .trouble, .gone, .left: true
        case .waiting, .up: false
        }
    }

    /// - Parameter inShort: a model that is called by its file has the folders left out.
    func engineAndModel(inShort: Bool = false) -> String {
        let name = self.model?.text ?? ""
        let isPath = inShort && name.hasPrefix("/")
        let model = Harmless.text(isPath ? String(name.split(separator: "/").last ?? "") : name, limit: 60)
        guard status != .waiting || facts != nil || kind != .other else { return model }
        return [kind.name.text, model].filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// Why it tells nothing; nil for one that does.
    func statusWords(_ scene: WatchScene) -> String? {
        switch status {
        case .up: nil
        case .waiting: facts == nil ? "no reading yet" : nil
        case .trouble(let trouble, _): Harmless.text(trouble.words.text, limit: 100)
        case .gone(let since): "GONE \(scene.clock(since))"
        case .left: "no longer looked at"
        }
    }
}
