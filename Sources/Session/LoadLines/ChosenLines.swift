package import Measure
import Recording

/// `--line`: the load lines of one recording, which somebody chose to hold traffic against.
package struct ChosenLines: Sendable {
    private let sweep: RecordedSweep
    private let lines: [EndpointID: RecordedLine]

    /// - Throws: why it can't be used.
    package init(file: String) async throws(CommandFailure) {
        let found = try await FileWork.run { () throws(CommandFailure) in
            do throws(RecordingError) { return try Self.read(file) } catch {
                throw CommandFailure("--line: \(error)", .fileUnusable)
            }
        }
        guard let found, !found.lines.isEmpty else {
            throw CommandFailure(
                "--line: \(file) has no load line; one is measured by a sweep with --budget", .wrongUsage)
        }
        (sweep, lines) = found
    }

    private static func read(
        _ file: String
    ) throws(RecordingError) -> (sweep: RecordedSweep, lines: [EndpointID: RecordedLine])? {
        let reader = try RecordingReader.open(path: file)
        guard let sweep = RecordedSweep(reader.session, try reader.endpoints) else { return nil }
        return (sweep, sweep.lines(in: try reader.levels))
    }

    /// That of the very server, else of its like; where there is only one, it counts whoever's it is.
    package func line(for seeker: LineSeeker) -> RecordedLine? {
        for candidate in seeker.candidates(in: [sweep]) {
            guard var line = lines[candidate.endpoint] else { continue }
            line.isOfSameURL = candidate.isOfSameURL
            return line
        }
        return lines.count == 1 ? lines.values.first : nil
    }
}
