import Measure
import Recording
import System

/// A recording among others, read as far as it was needed: levels, which take the longest, only where they may be those
/// of a server that is asked about.
struct ShelvedRecording: Sendable {
    private let path: String
    private let changed: Int64
    /// nil where it has no load line, or can't be read.
    let sweep: RecordedSweep?
    /// nil before they are read.
    var lines: [EndpointID: RecordedLine]?

    /// Of the newest.
    private static let most = 200

    /// The newest in a folder, but those that are being written: what was measured so far is no line yet.
    ///
    /// - Parameter known: needs no reading again, as far as it hasn't changed.
    static func all(in folder: String, known: [ShelvedRecording]) -> [ShelvedRecording] {
        let known = Dictionary(known.map { ($0.path, $0) }) { first, _ in first }
        return PlainFile.names(in: folder).filter { $0.hasSuffix(".plimsoll") }.map { "\(folder)/\($0)" }
            .compactMap { path in PlainFile.changed(path).map { (path: path, changed: $0) } }
            .sorted { ($1.changed, $1.path) < ($0.changed, $0.path) }.prefix(most)
            .compactMap { path, changed in
                if let before = known[path], before.changed == changed { return before }
                return ShelvedRecording(path, changed: changed)
            }
    }

    /// nil where it is being written.
    private init?(_ path: String, changed: Int64) {
        self.path = path
        self.changed = changed
        var sweep: RecordedSweep?
        do throws(RecordingError) {
            let reader = try RecordingReader.open(path: path)
            if reader.isBeingWritten { return nil }
            sweep = RecordedSweep(reader.session, try reader.endpoints)
        } catch {}
        self.sweep = sweep
    }

    func isSame(as other: ShelvedRecording) -> Bool { path == other.path && changed == other.changed }

    /// Of a damaged one, what its sound levels say.
    func readLines() -> [EndpointID: RecordedLine] {
        guard let sweep else { return [:] }
        do throws(RecordingError) {
            return sweep.lines(in: try RecordingReader.open(path: path).readableLevels().levels)
        } catch {
            return [:]
        }
    }
}
