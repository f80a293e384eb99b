import Canvas
import Charts
package import Measure
import Recording

/// A result to send to somebody: the verdict with its doubts, the levels, what to be careful about, and what it was
/// measured on.
package struct MarkdownReport {
    package let text: String

    /// - Parameters:
    ///   - picture: the curve's file, as the text is to name it.
    ///   - lossSentence: what the recording lacks.
    package init(_ snapshot: Snapshot, picture: String, lossSentence: String? = nil) {
        let session = snapshot.session
        let prices = session.plan?.prices
        let names = snapshot.endpoints.map { Self.name(of: $0.info) }
        var parts = ["# The load line of \(Self.escaped(names.joined(separator: ", ")))"]
        if let budget = snapshot.budget { parts.append("Budget: \(Self.code(budget.words))") }
        parts.append("![Latency over throughput](<\(picture)>)")
        for (endpoint, name) in zip(snapshot.endpoints, names) {
            parts.append("## \(Self.escaped(name + SummaryReport.ending(of: endpoint)))")
            guard !endpoint.levels.isEmpty else {
                parts.append("No level was measured.")
                continue
            }
            let verdict = SummaryReport.verdict(
                endpoint, budget: snapshot.budget, prices: prices, since: snapshot.session.started.moment)
            parts.append(verdict.map { "- \(Self.escaped($0))" }.joined(separator: "\n"))
            parts.append(
                Self.table(
                    SummaryReport.table(endpoint.levels, hasBudget: snapshot.budget != nil, prices: prices)))
        }
        var cautions = SummaryReport.sentences(on: snapshot.endpoints.flatMap(\.levels))
        if let lossSentence { cautions.append(lossSentence) }
        parts.append("## Cautions")
        parts.append(
            cautions.isEmpty ? "None." : cautions.map { "- \(Self.escaped($0))" }.joined(separator: "\n"))
        parts.append("## What it was measured on")
        parts.append(Self.facts(snapshot).map { "- \(Self.escaped($0))" }.joined(separator: "\n"))
        parts.append("The same again:\n\n    " + session.command(for: snapshot.endpoints.map(\.info)))
        let notes = snapshot.marks.map { "- \(session.started.iso($0.at)): \(Self.escaped($0.note))" }
        if !notes.isEmpty { parts += ["## Notes", notes.joined(separator: "\n")] }
        text =
            parts.joined(separator: "\n\n").split(separator: "\n", omittingEmptySubsequences: false)
            .map { Harmless.text(String($0), limit: .max) }.joined(separator: "\n") + "\n"
    }

    private static func name(of info: EndpointInfo) -> String {
        info.model.text.isEmpty ? info.label : "\(info.model.text) at \(info.label)"
    }

    private static func facts(_ snapshot: Snapshot) -> [String] {
        let endpoints = snapshot.endpoints.map { endpoint in
            let info = endpoint.info
            return [
                "\(info.label): \(info.url.text)", info.model.text, info.server?.text ?? "", info.dialect,
            ]
            .filter { !$0.isEmpty }.joined(separator: " · ")
        }
        return endpoints + SessionText.facts(snapshot).map { "\($0.name): \($0.text)" }
    }

    private static func table(_ table: TextTable) -> String {
        func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
        let rules = table.columns.map { $0.alignment == .left ? ":--" : "--:" }
        let rows = table.rows.map { row($0.map { escaped($0.text) }) }
        return ([row(table.columns.map { escaped($0.title) }), row(rules)] + rows).joined(separator: "\n")
    }

    /// Shown as it is, whatever it has of Markdown's or HTML's own signs: much of it was written by servers.
    static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            if character.isNewline {
                result.append(" ")
            } else {
                if #"\`*_{}[]<>|#~&"#.contains(character) { result.append("\\") }
                result.append(character)
            }
        }
        return result
    }

    /// A word in the type of code: between more ticks than it has in a row.
    private static func code(_ text: String) -> String {
        let ticks = String(repeating: "`", count: 1 + (text.split { $0 != "`" }.map(\.count).max() ?? 0))
        return "\(ticks) \(text) \(ticks)"
    }
}
