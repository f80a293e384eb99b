package import Measure
import System

/// A server whose load line is looked for.
package struct LineSeeker: Hashable, Sendable {
    package var url: String
    /// nil where it doesn't say.
    package var model: Shown?
    /// Its name and version: "vLLM 0.33.0".
    package var server: Shown?

    package init(url: String, model: Shown?, server: Shown?) {
        self.url = url
        self.model = model
        self.server = server
    }

    var place: ServerPlace? { ServerPlace(url, saidOn: ThisMachine.name) }

    /// It serves another model than that one; not where it doesn't say.
    fileprivate func serves(_ line: RecordedLine) -> Bool {
        guard let model, !line.model.text.isEmpty else { return true }
        return model == line.model
    }

    /// As far as both say what they are: the same model, in the same version of the same program.
    fileprivate func isLike(_ measured: MeasuredLine) -> Bool {
        guard let model, model == measured.line.model, let server, let version = measured.version else {
            return false
        }
        return server.text.split(separator: " ").contains { $0 == version.text }
    }
}

/// Load lines out of recordings.
struct MeasuredLines: Sendable {
    private let newest: [MeasuredLine]

    /// In any order.
    init(_ lines: [MeasuredLine]) {
        newest = lines.sorted { $0.line.measured > $1.line.measured }
    }

    var isEmpty: Bool { newest.isEmpty }

    /// The newest of the very server, else of its like. A demo's server has none: it was never the one asked about,
    /// unless it stands at the very same place.
    func line(for seeker: LineSeeker) -> RecordedLine? {
        own(of: seeker)
            ?? newest.first { !$0.isOfDemo && seeker.isLike($0) }.map(\.line)
    }

    /// Where a user chose the recording: its only line counts, whoever's it is.
    func chosenLine(for seeker: LineSeeker) -> RecordedLine? {
        own(of: seeker) ?? (newest.count == 1 ? newest.first : newest.first { seeker.isLike($0) })?.line
    }

    private func own(of seeker: LineSeeker) -> RecordedLine? {
        guard let place = seeker.place,
            var line = newest.first(where: { $0.place == place && seeker.serves($0.line) })?.line
        else { return nil }
        line.isOfSameURL = true
        return line
    }
}
