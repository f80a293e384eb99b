import Canvas
import Charts
import Dashboard
import Measure

/// What `c` puts on the clipboard: an endpoint's verdict, or how a watched one is, and the command that looks again.
///
/// It is pasted into a shell as likely as into a letter, and much of it was written by servers or stands in a stranger's
/// recording. So all but the command are comments without any sign that a shell acts on, and no newline ends the last line.
struct CopiedText {
    let text: String
    /// What of it a line on the screen says.
    let headline: String

    private static let longestLine = 2000
    private static let longestCommand = 8000

    /// nil where there is nothing to say of it.
    init?(_ snapshot: Snapshot, of copied: Copied) {
        switch copied {
        case .endpoint(let id): self.init(snapshot, of: id)
        case .server(let id): self.init(snapshot, of: id)
        }
    }

    /// A watched server as it is: for a letter to those who own it.
    private init?(_ snapshot: Snapshot, of id: SourceID) {
        guard let server = snapshot.watch.servers.first(where: { $0.id == id }) else { return nil }
        let session = snapshot.session
        let names = [server.info.url, server.model?.text ?? "", server.server?.text ?? ""]
        let start = session.started.iso(session.started.moment)
        self.init(
            headline: WatchLine.text(server),
            lines: [
                names.filter { !$0.isEmpty }.joined(separator: "  "),
                "\(session.started.iso(snapshot.at))  \(WatchLine.text(server, findings: false))",
            ] + server.findings.map { "\($0.sentence), since \(session.started.iso($0.since))" } + [
                "watched from \(session.host) since \(start), run \(session.runID)"
            ], command: session.command(for: server.info))
    }

    /// A swept endpoint; nil where nothing was measured.
    private init?(_ snapshot: Snapshot, of id: EndpointID) {
        let session = snapshot.session
        guard let endpoint = snapshot.endpoints.first(where: { $0.info.id == id }), !endpoint.levels.isEmpty
        else { return nil }
        let info = endpoint.info
        let verdict = SummaryReport.verdict(
            endpoint, budget: snapshot.budget, prices: session.plan?.prices, since: session.started.moment)
        let names = [info.url.text, info.model.text, info.server?.text ?? ""].filter { !$0.isEmpty }
        let lines =
            [names.joined(separator: "  ") + SummaryReport.ending(of: endpoint)] + verdict
            + SessionText.facts(snapshot).map { "\($0.name): \($0.text)" }
        self.init(
            headline: (snapshot.budget == nil ? verdict.first : verdict.dropFirst().first) ?? "",
            lines: lines, command: session.command(for: [info]))
    }

    private init(headline: String, lines: [String], command: String) {
        self.headline = Harmless.text(headline, limit: 120)
        // Cut short it would be another command.
        let command = Harmless.text(command, limit: .max)
        let last = command.count > Self.longestCommand ? "# the command is too long to copy" : command
        text = (lines.map(Self.comment) + [last]).joined(separator: "\n")
    }

    private static func comment(_ line: String) -> String {
        var result = "# "
        for character in Harmless.text(line, limit: longestLine) {
            switch character {
            case ";", "&", "|": result.append(",")
            case "$", "`", "\\", ">", "!": result.append("'")
            // What some shells run: `<(…)`, `=(…)`.
            case "(" where result.last == "<" || result.last == "=": result += " ("
            default: result.append(character)
            }
        }
        return result
    }
}
