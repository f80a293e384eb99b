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

    func cells(_ scene: Scene, width: Int) -> [TableCell] {
        let throughput = level.throughput
        let errors = level.failed > 0
        let isLive = state != .finished
        let role: ThemeRole? = isLive ? .live : nil
        func cell(_ text: String) -> TableCell {
            TableCell(text, role: role, attributes: isLive ? .bold : [])
        }
        func time(_ distribution: Distribution, _ percentile: Percentile) -> TableCell {
            cell(Format.duration(distribution.percentile(percentile)))
        }
        return [
            sign(scene),
            cell("\(level.concurrency)"),
            cell(Format.count(level.requestThroughput)),
            cell(Format.grouped(throughput.mean)),
            cell(throughput.relativeHalfWidth.map { Format.percent($0) } ?? Format.unknown),
            time(level.ttft, .p50), time(level.ttft, .p95), time(level.ttft, .p99),
            time(level.tpot, .p50), time(level.tpot, .p95),
            time(level.e2e, .p95),
            errors
                ? TableCell("\(level.failed)", role: .bad, attributes: .bold) : cell("0"),
            trust(scene, width: width),
        ]
    }

    /// Live, held or broken.
    private func sign(_ scene: Scene) -> TableCell {
        if state != .finished {
            return TableCell(String(Character(scene.glyphs.live)), role: .live, attributes: .bold)
        }
        guard let held = level.budgetHeld else { return TableCell("") }
        return held
            ? TableCell(String(Character(scene.glyphs.good)), role: .good)
            : TableCell(String(Character(scene.glyphs.bad)), role: .bad, attributes: .bold)
    }

    private func trust(_ scene: Scene, width: Int) -> TableCell {
        let room = LevelsPanel.trustColumns(width: width)
        if case .running(let phase) = state {
            let text =
                switch phase {
                case .measuring(let since): "measuring \(Words.seconds(scene.snapshot.at - since))"
                case .warmingUp(let since): "warm-up \(Words.seconds(scene.snapshot.at - since))"
                case .paused: "PAUSED"
                case .between: "between levels"
                default: ""
                }
            return TableCell(room < 4 ? "" : text, role: .live)
        }
        guard let first = level.trust.first else {
            return TableCell(room < 4 ? "" : "ok", role: .good)
        }
        if room < 4 { return TableCell("!", role: .warn, attributes: .bold) }
        let all = level.trust.map(\.label).joined(separator: ", ")
        if TextWidth.columns(of: all) + 2 <= room { return TableCell("! \(all)", role: .warn) }
        let more = level.trust.count > 1 ? " +\(level.trust.count - 1)" : ""
        return TableCell("! \(first.label)\(more)", role: .warn)
    }

    /// For the filter: the number of users, the trust flags, and how the budget fared.
    func holds(_ filter: String) -> Bool {
        var words = ["\(level.concurrency)"] + level.trust.map(\.label)
        if level.trust.isEmpty { words.append("ok") }
        if level.failed > 0 { words.append("err") }
        if let held = level.budgetHeld { words.append(held ? "held" : "broken") }
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
