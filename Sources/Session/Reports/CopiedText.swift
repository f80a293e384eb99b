import Canvas
import Charts
import Measure

/// What `c` puts on the clipboard: an endpoint's verdict, and the command that measures it again.
///
/// It is pasted into a shell as likely as into a letter, and much of it was written by servers or stands in a stranger's
/// recording. So all but the command are comments without any sign that a shell acts on, and no newline ends the last line.
struct CopiedText {
    let text: String
    /// What of it a line on the screen says.
    let headline: String

    private static let longestLine = 2000
    private static let longestCommand = 8000

    /// nil where nothing was measured.
    init?(_ snapshot: Snapshot, of id: EndpointID) {
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
        headline = Harmless.text(
            (snapshot.budget == nil ? verdict.first : verdict.dropFirst().first) ?? "", limit: 120)
        // Cut short it would be another command.
        let command = Harmless.text(session.command(for: [info]), limit: .max)
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
