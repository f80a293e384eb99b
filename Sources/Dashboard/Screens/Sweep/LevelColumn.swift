import Canvas
import Charts
import Measure

/// The columns of the level table, in their order.
enum LevelColumn: Hashable, CaseIterable {
    case sign, load, requests, throughput, interval
    case ttft50, ttft95, ttft99
    case tpot50, tpot95
    case itl99
    case e2e50, e2e95
    /// What a million tokens cost: of answers, and of prompts and answers.
    case outputCost, totalCost
    case answers, lag, cpu, errors
    case trust

    private static let gap = 2

    /// What of a budget it shows.
    var metric: LatencyBudget.Metric? {
        switch self {
        case .ttft50: .ttft(.percentile(.p50))
        case .ttft95: .ttft(.percentile(.p95))
        case .ttft99: .ttft(.percentile(.p99))
        case .tpot50: .tpot(.percentile(.p50))
        case .tpot95: .tpot(.percentile(.p95))
        case .itl99: .itl(.percentile(.p99))
        case .e2e50: .e2e(.percentile(.p50))
        case .e2e95: .e2e(.percentile(.p95))
        default: nil
        }
    }

    /// Those that fit into `width`: the ones with the lowest priority give way first.
    ///
    /// - Parameters:
    ///   - limits: the columns that say what passed a limit, and the limit.
    ///   - hasCost: what tokens cost is known, and wanted.
    ///   - isOverTime: rows are slices of a window, named by their time.
    static func fitting(
        width: Int, limits: Set<LevelColumn>, hasCost: Bool = false, isOverTime: Bool = false
    ) -> [LevelColumn] {
        var kept = allCases.filter { $0 != .trust || width >= wordsFrom }
        if !hasCost { kept.removeAll { $0 == .outputCost || $0 == .totalCost } }
        func needed() -> Int {
            kept.reduce(0) {
                $0 + $1.columns(in: kept, width: width, limits: limits, isOverTime: isOverTime)
            } + gap * (kept.count - 1)
        }
        while needed() > width, let least = kept.min(by: { $0.priority < $1.priority }),
            least.priority < Self.always
        {
            kept.removeAll { $0 == least }
        }
        return kept
    }

    func column(
        in kept: [LevelColumn], width: Int, limits: Set<LevelColumn>, isOverTime: Bool
    ) -> TableColumn {
        let columns = columns(in: kept, width: width, limits: limits, isOverTime: isOverTime)
        let isText = self == .trust || self == .sign
        return TableColumn(
            isOverTime && self == .load ? "from" : title(in: kept, width: width),
            alignment: isText ? .left : .right, priority: priority,
            minWidth: columns, maxWidth: isText ? columns : nil)
    }

    /// Below this width trust is a sign beside the budget's, in the first column.
    static let wordsFrom = 60

    static func trustColumns(width: Int) -> Int {
        switch width {
        case ..<90: 15
        case ..<150: 18
        default: 34
        }
    }

    /// Never given up.
    private static let always = 100

    private var priority: Int {
        switch self {
        case .sign, .load, .throughput, .trust: Self.always
        case .ttft95: 14
        case .tpot95: 13
        case .outputCost: 12
        case .totalCost: 4
        case .e2e95: 11
        case .errors: 10
        case .ttft50: 9
        case .requests: 8
        case .tpot50: 7
        case .interval: 6
        case .ttft99: 5
        case .e2e50: 3
        case .itl99: 2
        case .answers: 1
        case .lag: 0
        case .cpu: -1
        }
    }

    /// The first column of a latency says whose percentiles these are.
    private func title(in kept: [LevelColumn], width: Int) -> String {
        func percentile(_ name: String, _ percentile: String, before: [LevelColumn]) -> String {
            kept.contains(where: before.contains) ? percentile : "\(name) \(percentile)"
        }
        return switch self {
        case .sign: ""
        case .load: "users"
        case .requests: "req/s"
        case .throughput: "tok/s"
        case .interval: "± CI"
        case .ttft50: "TTFT p50"
        case .ttft95: percentile("TTFT", "p95", before: [.ttft50])
        case .ttft99: percentile("TTFT", "p99", before: [.ttft50, .ttft95])
        case .tpot50: "TPOT p50"
        case .tpot95: percentile("TPOT", "p95", before: [.tpot50])
        case .itl99: "ITL p99"
        case .e2e50: "E2E p50"
        case .e2e95: percentile("E2E", "p95", before: [.e2e50])
        case .outputCost: "$/M out"
        case .totalCost: "$/M all"
        case .answers: "answers"
        case .lag: "own lag"
        case .cpu: "own CPU"
        case .errors: "err"
        case .trust: "trust"
        }
    }

    /// Wide enough for whatever comes, so that nothing moves.
    private func columns(
        in kept: [LevelColumn], width: Int, limits: Set<LevelColumn>, isOverTime: Bool
    ) -> Int {
        let least =
            switch self {
            case _ where limits.contains(self): 10
            case .sign: width < Self.wordsFrom ? 2 : 1
            // "00:02:41".
            case .load where isOverTime: 8
            case .load, .errors: 5
            case .requests, .throughput, .interval: 6
            case .trust: Self.trustColumns(width: width)
            default: 7
            }
        return max(least, TextWidth.columns(of: title(in: kept, width: width)))
    }
}
