import Canvas
import Charts
package import Measure
package import Recording

/// The end of a watch in words and a table, for people: what each server did over the session.
package struct WatchSummary {
    package let text: String

    /// - Parameters:
    ///   - width: columns to keep within; nil: as wide as it needs.
    ///   - losses: what the recording that this is of lacks.
    package init(
        _ snapshot: Snapshot, recording: String?, width: Int? = nil,
        losses: RecordingLosses = RecordingLosses()
    ) {
        let watch = snapshot.watch
        var parts: [String] = []
        if watch.servers.isEmpty {
            parts.append("no server was found\n")
        } else {
            parts.append(Self.drawn(Self.table(watch.servers), width: width ?? 240) + "\n")
        }
        let now = watch.servers.flatMap { server in
            ([server.status.trouble].compactMap(\.self) + server.findings.map(\.sentence))
                .map { "! \(server.info.label): \($0)\n" }
        }
        if !now.isEmpty { parts.append(now.joined()) }
        if let budget = snapshot.budget { parts.append(Self.verdicts(watch.servers, budget)) }
        let canaries = watch.servers.filter { $0.canaryCount.sent > 0 }.map { server in
            "canary, \(server.info.label): \(server.canaryCount.words)\n"
        }
        if !canaries.isEmpty { parts.append(canaries.joined()) }
        parts.append(Self.events(watch.events))
        if let sentence = losses.sentence { parts.append("! \(sentence).\n") }
        let start = snapshot.session.started.iso(snapshot.session.started.moment)
        parts.append(
            "watched: \(start), \(Format.elapsed(snapshot.elapsed)) from \(snapshot.session.host) by plimsoll "
                + "\(snapshot.session.version), run \(snapshot.session.runID)\n")
        if let recording {
            parts.append("recording: \(recording)\nsee it again: plimsoll replay \(recording)\n")
        }
        text = "\n" + parts.joined(separator: "\n")
    }

    private static func table(_ servers: [ServerSnapshot]) -> TextTable {
        TextTable(
            columns: [
                TableColumn("server", alignment: .left, priority: 10),
                TableColumn("engine · model", alignment: .left, priority: 6),
                TableColumn("ended", priority: 7), TableColumn("tok/s out", priority: 9),
                TableColumn("in", priority: 5), TableColumn("TTFT mean", priority: 8),
                TableColumn("p95", priority: 8), TableColumn("TPOT mean", priority: 7),
                TableColumn("p95", priority: 6), TableColumn("load", priority: 4),
                TableColumn("wait max", priority: 3),
                TableColumn("KV max", priority: 5), TableColumn("hit", priority: 2),
                TableColumn("err", priority: 6), TableColumn("now", alignment: .left, priority: 9),
            ], rows: servers.map(row))
    }

    private static func row(_ server: ServerSnapshot) -> [TableCell] {
        let figures = server.session
        let model = server.model.map { "\(server.kind.name) \($0)" } ?? server.kind.name
        return [
            server.info.label, model.text, Format.count(figures?.ended),
            Format.speed(figures?.generationTokensPerSecond), Format.speed(figures?.promptTokensPerSecond),
            Format.duration(figures?.ttft?.mean), Format.quantile(figures?.ttft?.quantile(.p95)),
            Format.duration(figures?.tpot?.mean), Format.quantile(figures?.tpot?.quantile(.p95)),
            Format.rate(figures?.meanLoad), Format.count(figures?.peakWaiting),
            Format.percent(figures?.peakKVUsage), Format.percent(figures?.prefixHitRate),
            Format.percent(figures?.errorShare), server.status.word,
        ].map { TableCell($0) }
    }

    private static func verdicts(_ servers: [ServerSnapshot], _ budget: LatencyBudget) -> String {
        servers.map { server in
            let attainments = server.facts?.attainments ?? []
            let verdict = LatencyBudget.verdict(of: attainments)
            return "budget \(budget.text) over the last minute, \(server.info.label): \(verdict.rawValue)\n"
        }.joined()
    }

    /// How many of each kind.
    private static func events(_ events: [WatchEvent]) -> String {
        var counts: [(kind: String, count: Int)] = []
        for event in events {
            if let place = counts.firstIndex(where: { $0.kind == event.kind }) {
                counts[place].count += 1
            } else {
                counts.append((event.kind, 1))
            }
        }
        guard !counts.isEmpty else { return "events: none\n" }
        return "events: " + counts.map { "\($0.count) × \($0.kind)" }.joined(separator: ", ") + "\n"
    }

    private static func drawn(_ table: TextTable, width: Int) -> String {
        var canvas = Canvas(width: width, height: table.rows.count + 1, glyphs: .block)
        table.draw(on: &canvas, in: canvas.bounds)
        return canvas.text
    }
}
