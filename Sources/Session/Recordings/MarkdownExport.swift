import Canvas
import Dashboard
package import Measure
package import Recording

/// A result as a text to send to somebody, with its curve as a picture beside it.
package struct MarkdownExport: Sendable {
    package let path: String
    /// `R.svg` for `R.md`.
    package let picture: String

    package init(to path: String) {
        self.path = path
        let stem = path.lowercased().hasSuffix(".md") ? String(path.dropLast(3)) : path
        picture = stem + ".svg"
    }

    /// What can be known before there is anything to write.
    package func check(force: Bool) throws(CommandFailure) {
        try named { () throws(OutputError) in
            for path in [path, picture] { try OutputFile.check(path, force: force) }
        }
    }

    /// Both, or neither.
    package func write(
        _ snapshot: Snapshot, losses: RecordingLosses, force: Bool
    ) throws(CommandFailure) {
        let name = picture.split(separator: "/").last.map(String.init) ?? picture
        let report = MarkdownReport(snapshot, picture: name, lossSentence: losses.sentence)
        let curve = Self.curve(of: snapshot)
        try named { () throws(OutputError) in
            try OutputFile.write([(path, report.text), (picture, curve.svg)], force: force)
        }
    }

    /// Panel 4 in full with the verdict above it, without what only a screen needs: status, messages, keys.
    private static func curve(of snapshot: Snapshot) -> CanvasPicture {
        var dashboard = Dashboard(themes: [], glyphs: .braille, mode: .replay)
        _ = dashboard.handle(.character("4"), snapshot: snapshot, now: snapshot.at)
        let screen = dashboard.draw(snapshot, width: 100, height: 30, now: snapshot.at)
        return CanvasPicture(screen, rows: 1..<screen.height - 2)
    }

    private func named(_ work: () throws(OutputError) -> Void) throws(CommandFailure) {
        do throws(OutputError) { try work() } catch {
            throw CommandFailure("can't write the report \(error.path): \(error.reason)", .fileUnusable)
        }
    }
}
