import Canvas
import Charts
package import Measure
package import Recording

/// The end of a session in words and a table, for people.
package struct SummaryReport {
    package let text: String

    /// - Parameters:
    ///   - width: columns to keep within; nil: as wide as it needs, for pipes and files.
    ///   - losses: what the recording that this is of lacks.
    package init(
        _ snapshot: Snapshot, recording: String?, width: Int? = nil,
        losses: RecordingLosses = RecordingLosses()
    ) {
        let prices = snapshot.session.plan?.prices
        var parts = snapshot.endpoints.map {
            Self.section(
                $0, budget: snapshot.budget, prices: prices, since: snapshot.session.started.moment,
                width: width)
        }
        let sentences = Self.sentences(on: snapshot.endpoints.flatMap(\.levels))
        if !sentences.isEmpty {
            parts.append(sentences.map { Self.wrapped($0, width: width) }.joined())
        }
        if let sentence = losses.sentence { parts.append(Self.wrapped("! \(sentence).", width: width)) }
        parts.append(
            SessionText.lines(snapshot).map { $0 + "\n" }.joined())
        if let recording {
            parts.append("recording: \(recording)\nsee it again: plimsoll replay \(recording)\n")
        }
        text = "\n" + parts.joined(separator: "\n")
    }

    /// One for each flag that was raised, and each reason for it.
    static func sentences(on levels: [LevelResult]) -> [String] {
        TrustFlag.allCases.flatMap { flag in
            let labels = Set(levels.filter { $0.trust.contains(flag) }.map { $0.kind(of: flag) })
            return labels.sorted().map { "! \($0): \(flag.explanation)" }
        }
    }

    private static func section(
        _ endpoint: EndpointSnapshot, budget: LatencyBudget?, prices: Prices?, since start: Moment,
        width: Int?
    ) -> String {
        let info = endpoint.info
        let name = [
            info.url.text.isEmpty ? info.label : info.url.text, info.model.text, info.server?.text ?? "",
        ].filter { !$0.isEmpty }
        var lines = [name.joined(separator: "  ") + ending(of: endpoint)]
        guard !endpoint.levels.isEmpty else {
            lines.append("  no level was measured" + failureText(endpoint))
            return lines.joined(separator: "\n") + "\n"
        }
        lines.append(
            drawn(table(endpoint.levels, hasBudget: budget != nil, prices: prices), width: width ?? 240))
        lines += verdict(endpoint, budget: budget, prices: prices, since: start)
        return lines.joined(separator: "\n") + "\n"
    }

    /// What is concluded from the levels.
    static func verdict(
        _ endpoint: EndpointSnapshot, budget: LatencyBudget?, prices: Prices?, since start: Moment
    ) -> [String] {
        var lines = [plateauText(endpoint.plateau)]
        if let budget { lines.append(loadLineText(endpoint, budget: budget, since: start)) }
        lines += ServerText.lines(endpoint)
        if let prices { lines += CostText.lines(endpoint, prices) }
        if endpoint.failed > 0 { lines.append("failed requests: \(endpoint.failed)\(failureText(endpoint))") }
        return lines
    }

    static func ending(of endpoint: EndpointSnapshot) -> String {
        switch endpoint.phase {
        case .done(.errors) where endpoint.wentAway: "  stopped: it went away"
        case .done(.errors): "  stopped: too many errors"
        case .done(.stopped): "  stopped by hand"
        case .failed(let message): "  failed: \(message)"
        default: ""
        }
    }

    private static func failureText(_ endpoint: EndpointSnapshot) -> String {
        let errors = endpoint.errors
        guard !errors.isEmpty else { return "" }
        let kinds = errors.map { "\($0.count) × \($0.kind.rawValue)" }.joined(separator: ", ")
        let last =
            endpoint.lastFailure.flatMap { $0.saysMoreThanItsKind ? "; last: \($0.message)" : nil } ?? ""
        return " (\(kinds)\(last))"
    }

    private static func plateauText(_ plateau: Plateau?) -> String {
        guard let plateau else { return "plateau: not enough levels to tell" }
        let interval = plateau.halfWidth.map { " ± \(Format.speed($0))" } ?? ""
        let value = "\(Format.speed(plateau.throughput))\(interval) tok/s"
        return plateau.reached
            ? "plateau: \(value), reached at \(plateau.load.words)"
            : "plateau: not reached; at least \(value), at \(plateau.load.words)"
    }

    private static func loadLineText(
        _ endpoint: EndpointSnapshot, budget: LatencyBudget, since start: Moment
    ) -> String {
        let text = LoadLineText(endpoint, since: start)
        if let text, let doubt = text.doubt {
            let hint = text.hint.map { "; \($0)" } ?? ""
            return text.isKnown
                ? "load line: \(text.line) (\(doubt))\(hint)" : "load line: \(text.line); \(doubt)\(hint)"
        }
        guard let text, let line = endpoint.loadLine else {
            return "load line: the budget \(budget.text) held nowhere"
        }
        let beyond = line.brokenAt.map { "; broken at \($0.label)\(reason(at: $0, of: endpoint))" }
        return
            "load line: \(text.line), \(Format.speed(line.throughput)) tok/s (\(budget.text)\(beyond ?? "; not broken by any level"))"
    }

    /// Which limit broke there, and by how much.
    private static func reason(at load: Load, of endpoint: EndpointSnapshot) -> String {
        let broken = endpoint.levels.last { $0.load == load && $0.budgetVerdict == .broken }
        return broken?.brokenBy.map { ": \($0.limit.metric.name) \(Format.against($0))" } ?? ""
    }

    /// Breaks between words; the lines after the first are indented.
    private static func wrapped(_ text: String, width: Int?) -> String {
        guard let width, width > 20 else { return text + "\n" }
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, TextWidth.columns(of: line) + 1 + TextWidth.columns(of: String(word)) >= width {
                lines.append(line)
                line = "  " + word
            } else {
                line += (line.isEmpty ? "" : " ") + word
            }
        }
        return (lines + [line]).joined(separator: "\n") + "\n"
    }

    static func table(_ levels: [LevelResult], hasBudget: Bool, prices: Prices?) -> TextTable {
        var columns = [
            TableColumn("users", priority: 10), TableColumn("req/s", priority: 3),
            TableColumn("tok/s", priority: 10), TableColumn("± CI", priority: 4),
            TableColumn("TTFT p50", priority: 9), TableColumn("p95", priority: 8),
            TableColumn("p99", priority: 2),
            TableColumn("TPOT p50", priority: 7), TableColumn("p95", priority: 1),
            TableColumn("E2E p95", priority: 5), TableColumn("err", priority: 8),
        ]
        if prices?.own != nil { columns.append(TableColumn("USD/M out", priority: 6)) }
        if hasBudget { columns.append(TableColumn("budget", alignment: .left, priority: 9)) }
        columns.append(TableColumn("trust", alignment: .left, priority: 6))
        let rows = levels.sorted { ($0.load, $0.level) < ($1.load, $1.level) }.map { level in
            var cells = [
                level.load.label,
                level.bearsRates ? Format.rate(level.requestThroughput) : Format.unknown,
                level.bearsRates ? Format.speed(level.throughput.mean) : Format.unknown,
                Format.percent(level.throughput.relativeHalfWidth),
                Format.duration(level.ttft.percentile(.p50)),
                Format.duration(level.ttft.percentile(.p95)), Format.duration(level.ttft.percentile(.p99)),
                Format.duration(level.tpot.percentile(.p50)), Format.duration(level.tpot.percentile(.p95)),
                Format.duration(level.e2e.percentile(.p95)),
                level.failed == 0 ? "0" : Format.percent(level.errorRate),
            ]
            if let prices, prices.own != nil {
                cells.append(Format.rate(prices.cost(of: level).perMillionOutput))
            }
            if hasBudget { cells.append(level.budgetVerdict?.rawValue ?? Format.unknown) }
            let flags = level.trust.map { level.label(of: $0) }.joined(separator: ", ")
            let few = level.hasFewSamples ? "  n=\(level.completed)" : ""
            cells.append((flags.isEmpty ? "ok" : "! " + flags) + few)
            return cells.map { TableCell($0) }
        }
        return TextTable(columns: columns, rows: rows)
    }

    private static func drawn(_ table: TextTable, width: Int) -> String {
        var canvas = Canvas(width: width, height: table.rows.count + 1, glyphs: .block)
        table.draw(on: &canvas, in: canvas.bounds)
        return canvas.text
    }
}

extension RequestFailure {
    /// "connection refused" needn't be said twice.
    fileprivate var saysMoreThanItsKind: Bool {
        message.text != kind.rawValue.replacing("-", with: " ")
    }
}
