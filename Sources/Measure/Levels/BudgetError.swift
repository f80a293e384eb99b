/// Why a text is no latency budget. The description is one line that lists what exists.
package enum BudgetError: Error, Hashable, Sendable, CustomStringConvertible {
    case empty
    /// No `<`, or nothing on one side of it.
    case notALimit(String)
    case unknownMetric(String)
    case unknownName(String)
    case missingStatistic(metric: String)
    case unknownStatistic(String, metric: String)
    /// `error:p95<1%`: an error rate has no percentiles.
    case needlessStatistic(String)
    case badNumber(String, metric: String)
    case unknownUnit(String, metric: String)
    /// An error rate of 0 % or less can't be undercut, and none is above 100 %.
    case badShare(String)

    static let metrics = "ttft, tpot, itl, e2e, error"
    static let statistics = "mean, " + Percentile.allCases.map(\.name).joined(separator: ", ")
    static let example = "ttft:p95<900ms,tpot:p95<100ms,error<1%"

    package var description: String {
        switch self {
        case .empty:
            "the budget is empty: write limits such as \(Self.example)"
        case .notALimit(let text):
            "'\(Self.tame(text))' is not a limit: write METRIC:STATISTIC<VALUE, such as \(Self.example)"
        case .unknownMetric(let name):
            "the budget's metric '\(Self.tame(name))' does not exist: there are \(Self.metrics)"
        case .unknownName(let name):
            "the budget's name '\(Self.tame(name))' does not exist: there are \(NamedBudget.names.joined(separator: ", "))"
        case .missingStatistic(let metric):
            "the budget's limit on \(metric) does not say of what, as in \(metric):p95: there are \(Self.statistics)"
        case .unknownStatistic(let name, let metric):
            "the budget's '\(metric):\(Self.tame(name))' does not exist: there are \(Self.statistics)"
        case .needlessStatistic(let name):
            "the budget's 'error:\(Self.tame(name))' does not exist: an error rate has no statistics, write error<1%"
        case .badNumber(let text, let metric):
            "the budget's limit on \(metric), '\(Self.tame(text))', is not a number above 0"
        case .unknownUnit(let unit, "error"):
            "the budget's unit '\(Self.tame(unit))' does not exist for error: write a percentage such as 1%"
        case .unknownUnit("", let metric):
            "the budget's limit on \(metric) has no unit: there are µs (or us), ms, s"
        case .unknownUnit(let unit, let metric):
            "the budget's unit '\(Self.tame(unit))' does not exist for \(metric): there are µs (or us), ms, s"
        case .badShare(let text):
            "the budget's error rate '\(Self.tame(text))' is not above 0 % and at most 100 %"
        }
    }

    /// What somebody typed goes back to a terminal: no control characters, and no longer than a line.
    private static func tame(_ text: String) -> String {
        let harmless = String(
            text.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : Character($0) })
        return harmless.count > 40 ? harmless.prefix(39) + "…" : harmless
    }
}
