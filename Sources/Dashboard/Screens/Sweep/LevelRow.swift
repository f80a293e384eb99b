import Canvas
import Charts
import Measure

/// One row of the level table.
struct LevelRow {
    enum State: Hashable {
        case finished
        case running(Phase)
    }

    var level: LevelResult
    var state: State
    /// It's the one whose histograms are shown.
    var isPinned: Bool
    /// The how manieth of its load.
    var run = 1
    /// Of a slice of a window: how long after the first one it begins.
    var from: Nanoseconds?

    func cell(_ column: LevelColumn, _ scene: Scene, width: Int) -> TableCell {
        switch column {
        case .sign: return sign(scene, width: width)
        case .trust: return trust(scene, width: width)
        case .errors where level.failed > 0:
            return TableCell("\(level.failed)", role: .bad, attributes: .bold)
        default:
            if let finding = passed(column) {
                let isBroken = finding.verdict == .broken
                return TableCell(
                    Format.against(finding), role: isBroken ? .bad : .warn, attributes: isBroken ? .bold : [])
            }
            let isLive = state != .finished
            return TableCell(text(column, scene), role: isLive ? .live : nil, attributes: isLive ? .bold : [])
        }
    }

    func passes(_ column: LevelColumn) -> Bool { passed(column) != nil }

    /// What is to be shown beside its limit: it passed it, or seems to.
    private func passed(_ column: LevelColumn) -> LimitFinding? {
        guard state == .finished, let metric = column.metric else { return nil }
        return level.findings.first {
            $0.limit.metric == metric && $0.verdict != .held && $0.excess ?? 0 >= 1
        }
    }

    private func text(_ column: LevelColumn, _ scene: Scene) -> String {
        func time(_ distribution: Distribution, _ percentile: Percentile) -> String {
            Format.duration(distribution.percentile(percentile))
        }
        // It hasn't begun, or is to begin anew.
        if level.duration <= 0, column != .load { return Format.unknown }
        return switch column {
        case .sign, .trust: ""
        case .load where from != nil: from.map(Format.elapsed) ?? ""
        case .load: run > 1 ? "\(level.load.label) #\(run)" : level.load.label
        case .requests: level.bearsRates ? Format.rate(level.requestThroughput) : Format.unknown
        case .throughput: level.bearsRates ? Format.speed(level.throughput.mean) : Format.unknown
        case .interval: Format.percent(level.throughput.relativeHalfWidth)
        case .ttft50: time(level.ttft, .p50)
        case .ttft95: time(level.ttft, .p95)
        case .ttft99: time(level.ttft, .p99)
        case .tpot50: time(level.tpot, .p50)
        case .tpot95: time(level.tpot, .p95)
        case .itl99: time(level.itl, .p99)
        case .e2e50: time(level.e2e, .p50)
        case .e2e95: time(level.e2e, .p95)
        case .outputCost: Format.dollars(cost(scene)?.perMillionOutput)
        case .totalCost: Format.dollars(cost(scene)?.perMillionTotal)
        case .answers: Format.grouped(level.completed)
        case .lag: Format.duration(level.lag.loop(.p99) ?? level.lag.timerP99)
        case .cpu: Format.percent(level.lag.cpuShare)
        case .errors: "\(level.failed)"
        }
    }

    private func cost(_ scene: Scene) -> TokenCost? {
        level.bearsRates ? scene.snapshot.session.plan?.prices?.cost(of: level) : nil
    }

    /// Live, held or broken; and where there's no room for words, whether to trust it.
    private func sign(_ scene: Scene, width: Int) -> TableCell {
        let budget = sign(scene)
        guard width < LevelColumn.wordsFrom, state == .finished, !level.trust.isEmpty else { return budget }
        return TableCell(
            (budget.text.isEmpty ? " " : budget.text) + "!", role: budget.role ?? .warn, attributes: .bold)
    }

    private func sign(_ scene: Scene) -> TableCell {
        if state != .finished {
            return TableCell(String(Character(scene.glyphs.live)), role: .live, attributes: .bold)
        }
        return switch level.budgetVerdict {
        case .held: TableCell(String(Character(scene.glyphs.good)), role: .good)
        case .broken: TableCell(String(Character(scene.glyphs.bad)), role: .bad, attributes: .bold)
        case .undecided: TableCell("?", role: .warn)
        case nil: TableCell("")
        }
    }

    private func trust(_ scene: Scene, width: Int) -> TableCell {
        let room = LevelColumn.trustColumns(width: width)
        if case .running(let phase) = state {
            let text =
                switch phase {
                case .measuring(let since): "measuring \(Words.seconds(scene.snapshot.at - since))"
                case .warmingUp(let since): "warm-up \(Words.seconds(scene.snapshot.at - since))"
                case .paused: "PAUSED"
                case .between: "window closed"
                default: ""
                }
            return TableCell(text, role: .live)
        }
        let few = level.hasFewSamples ? " n=\(level.completed)" : ""
        guard !level.trust.isEmpty else { return TableCell("ok" + few, role: .good) }
        let names = level.trust.map { level.label(of: $0) }
        let words = level.trust.map(Words.short)
        // All in full, all in a word, or as many words as there's room for.
        var texts = [names.joined(separator: ", "), words.joined(separator: ", ")]
        for count in stride(from: words.count - 1, to: 0, by: -1) {
            texts.append(words.prefix(count).joined(separator: ", ") + " +\(words.count - count)")
        }
        texts = texts.flatMap { few.isEmpty ? [$0] : [$0 + few, $0] }
        let text = texts.first { TextWidth.columns(of: $0) + 2 <= room } ?? "\(words.count) flags"
        return TableCell("! \(text)", role: .warn)
    }
}

extension LevelResult {
    /// For the filter: the load, the trust flags, and how the budget fared.
    func matches(_ filter: String) -> Bool {
        var words = [load.label] + trust.map { label(of: $0) } + trust.map(Words.short)
        if trust.isEmpty { words.append("ok") }
        if hasFewSamples { words += ["few samples", "n=\(completed)"] }
        if failed > 0 { words.append("err") }
        if let budgetVerdict { words.append(budgetVerdict.rawValue) }
        return words.contains { $0.containsIgnoringCase(filter) }
    }
}

extension String {
    func containsIgnoringCase(_ part: String) -> Bool {
        let needle = Array(part.lowercased())
        let hay = Array(lowercased())
        guard !needle.isEmpty else { return true }
        guard hay.count >= needle.count else { return false }
        return (0...(hay.count - needle.count)).contains { start in
            hay[start..<(start + needle.count)].elementsEqual(needle)
        }
    }
}
