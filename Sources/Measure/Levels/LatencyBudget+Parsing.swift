extension LatencyBudget {
    /// Reads `ttft:p95<900ms,tpot:p50<40ms,e2e:p99<10s,itl:mean<50ms,error<1%`. Case and spaces don't matter;
    /// `<=` is read as `<`. `mlperf:llama3.1-8b-interactive` and its like stand for limits that have that name.
    ///
    /// - Throws: what is wrong with it, and how it is written.
    package init(parsing text: String) throws(BudgetError) {
        var limits: [Limit] = []
        for part in try Self.spelledOut(text).split(separator: ",") {
            limits.append(try Limit(parsing: part))
        }
        guard !limits.isEmpty else { throw .empty }
        self.init(limits: limits, text: text)
    }

    /// In small letters, without spaces, and with the limits that names stand for in place of these.
    private static func spelledOut(_ text: String) throws(BudgetError) -> String {
        var parts: [String] = []
        for part in text.lowercased().filter({ !$0.isWhitespace }).split(separator: ",") {
            parts.append(try NamedBudget.limits(of: part) ?? String(part))
        }
        return parts.joined(separator: ",")
    }

    /// As typed, and where that is a name also what it stands for: a name says nothing to whoever reads a result later.
    package var words: String {
        guard text.lowercased().contains(NamedBudget.prefix), let limits = try? Self.spelledOut(text) else {
            return text
        }
        return "\(text) (\(limits))"
    }
}

extension LatencyBudget.Limit {
    /// One limit, in lower case and without spaces.
    init(parsing text: Substring) throws(BudgetError) {
        guard let sign = text.firstIndex(where: { $0 == "<" || $0 == "≤" }) else {
            throw .notALimit(String(text))
        }
        var value = text[text.index(after: sign)...]
        if value.first == "=" { value = value.dropFirst() }
        let subject = text[..<sign]
        guard !value.isEmpty, !subject.isEmpty else { throw .notALimit(String(text)) }

        let colon = subject.firstIndex(of: ":")
        let name = String(subject[..<(colon ?? subject.endIndex)])
        let statistic = colon.map { String(subject[subject.index(after: $0)...]) }
        let metric = try LatencyBudget.Metric(name: name, statistic: statistic)
        self.init(metric: metric, below: try Self.value(value, of: name, isShare: metric == .error))
    }

    private static func value(_ text: Substring, of metric: String, isShare: Bool) throws(BudgetError)
        -> Double
    {
        // By hand: `Double` would also take "nan", "inf" and hexadecimal.
        let digits = text.prefix { ($0.isASCII && $0.isNumber) || $0 == "." }
        guard let number = Double(digits), number.isFinite, number > 0 || isShare else {
            throw .badNumber(String(text), metric: metric)
        }
        let unit = String(text.dropFirst(digits.count))
        if isShare {
            guard unit.isEmpty || unit == "%" else { throw .unknownUnit(unit, metric: metric) }
            let share = unit.isEmpty ? number : number / 100
            guard share > 0, share <= 1 else { throw .badShare(String(text)) }
            return share
        }
        let factor: Double
        switch unit {
        // The micro sign and the Greek letter, which looks the same.
        case "us", "\u{B5}s", "\u{3BC}s": factor = 1e3
        case "ms": factor = 1e6
        case "s": factor = 1e9
        default: throw .unknownUnit(unit, metric: metric)
        }
        return number * factor
    }
}

extension LatencyBudget.Metric {
    init(name: String, statistic: String?) throws(BudgetError) {
        guard ["ttft", "tpot", "itl", "e2e", "error"].contains(name) else { throw .unknownMetric(name) }
        if name == "error" {
            if let statistic { throw .needlessStatistic(statistic) }
            self = .error
            return
        }
        guard let statistic, !statistic.isEmpty else { throw .missingStatistic(metric: name) }
        let known: LatencyBudget.Statistic
        if statistic == "mean" {
            known = .mean
        } else if let percentile = Percentile.allCases.first(where: { $0.name == statistic }) {
            known = .percentile(percentile)
        } else {
            throw .unknownStatistic(statistic, metric: name)
        }
        switch name {
        case "ttft": self = .ttft(known)
        case "tpot": self = .tpot(known)
        case "itl": self = .itl(known)
        default: self = .e2e(known)
        }
    }
}
