package import Measure

/// What is to be said of an endpoint's load line, with the certainty it has: one wording for the screen and the
/// summary.
package struct LoadLineText: Hashable, Sendable {
    /// "5 users", "≥ 8 users", "unknown", "below every level".
    package var line: String
    /// "4–8 undecided; p95 from 41 answers"; nil where there is no doubt.
    package var doubt: String?
    /// The doubt in fewer words, where it can be said in fewer: "since 00:00:13 (connection refused ×8)".
    package var brief: String?
    /// "--dwell 60s decides".
    package var hint: String?
    /// There is a load line, certain or not.
    package var isKnown: Bool

    /// nil where there is nothing to say yet, or nobody asked for a load line.
    ///
    /// - Parameter start: the session's.
    package init?(_ endpoint: EndpointSnapshot, since start: Moment) {
        if endpoint.wentAway {
            self.init(line: "unknown", doubt: Self.departure(endpoint, since: start), isKnown: false)
            brief = endpoint.outage.map { "since \(Self.words($0, since: start))" }
            return
        }
        let doubt = endpoint.loadDoubt
        let words = doubt.map(Self.words)
        let hint = doubt?.dwell.map { "--dwell \($0 / .second)s decides" }
        if let line = endpoint.loadLine {
            self.init(
                line: (line.isOpen ? "≥ " : "") + line.load.words, doubt: words, hint: hint, isKnown: true)
        } else if doubt != nil {
            self.init(line: "unknown", doubt: words, hint: hint, isKnown: false)
        } else if endpoint.levels.contains(where: { $0.budgetVerdict == .broken }) {
            self.init(line: "below every level", isKnown: false)
        } else {
            return nil
        }
    }

    private init(line: String, doubt: String? = nil, hint: String? = nil, isKnown: Bool) {
        self.line = line
        self.doubt = doubt
        self.hint = hint
        self.isKnown = isKnown
    }

    /// "the endpoint went away at 00:00:13 (connection refused ×8); held at 2 so far".
    private static func departure(_ endpoint: EndpointSnapshot, since start: Moment) -> String {
        var text = "the endpoint went away"
        if let outage = endpoint.outage {
            text += " at \(words(outage, since: start))"
        }
        return text + (endpoint.loadLine?.heldAt.map { "; held at \($0.label) so far" } ?? "")
    }

    private static func words(_ outage: Outage, since start: Moment) -> String {
        let kind = String(outage.kind.rawValue.map { $0 == "-" ? " " : $0 })
        return "\(Format.elapsed(outage.since - start)) (\(kind) ×\(outage.count))"
    }

    private static func words(_ doubt: LoadDoubt) -> String {
        let loads = doubt.from == doubt.upTo ? doubt.from.label : "\(doubt.from.label)–\(doubt.upTo.label)"
        guard let finding = doubt.finding else { return "\(loads) undecided" }
        let (subject, things) =
            switch (finding.limit.metric.statistic, finding.limit.metric) {
            case (nil, _): ("errors", "request")
            case (.mean, .itl): ("mean", "gap")
            case (.mean, _): ("mean", "answer")
            case (.percentile(let percentile), .itl): (percentile.name, "gap")
            case (.percentile(let percentile), _): (percentile.name, "answer")
            }
        let count = finding.evidence.samples
        return
            "\(loads) undecided; \(subject) from \(Format.grouped(count)) \(things)\(count == 1 ? "" : "s")"
    }
}

extension Format {
    /// `575/900 ms`, `1.24/0.9 s`, `6/5 %`: what was measured, and what was allowed, in the limit's unit.
    package static func against(_ finding: LimitFinding) -> String {
        let limit = finding.limit
        let (unit, name): (Double, String) =
            switch limit.below {
            case _ where limit.metric == .error: (0.01, "%")
            case ..<999.5e3: (1e3, "µs")
            case ..<999.5e6: (1e6, "ms")
            default: (1e9, "s")
            }
        func figure(_ value: Double) -> String {
            let value = value / unit
            if abs(value - value.rounded()) < 0.005 { return fixed(value, 0) }
            return fixed(value, abs(value) < 9.95 ? 2 : abs(value) < 99.5 ? 1 : 0)
        }
        return "\(finding.evidence.value.map(figure) ?? unknown)/\(figure(limit.below)) \(name)"
    }
}
