package import Measure
import Recording
import System

/// The load lines that were measured before, looked up for servers that are watched. Recordings are read where waiting
/// for a disk holds up nobody, and each only once; whatever can't be read has no line, and that is all.
package actor LoadLineLibrary {
    private enum Shelf {
        /// The standard recordings; nil where there is no place for any.
        case folder(String?)
        case chosen(MeasuredLines)
    }

    private let shelf: Shelf
    private var known: [String: Known] = [:]
    private var reading: (began: Moment, lines: Task<MeasuredLines, Never>)?

    /// Of the newest.
    private static let mostRecordings = 200
    /// A sweep beside a watch is seen as soon as this after it ended.
    private static let freshness = 60 * Nanoseconds.second

    /// What is recorded where nobody says where.
    package init(environment: [String: String]) {
        shelf = .folder(try? RecordingPath.folder(environment: environment))
    }

    /// `--line`: of this recording alone.
    ///
    /// - Throws: why it can't be used.
    package init(file: String) async throws(CommandFailure) {
        let lines = try await FileWork.run { () throws(CommandFailure) in
            do throws(RecordingError) {
                return MeasuredLines(try Self.sweep(of: RecordingReader.open(path: file)).lines)
            } catch {
                throw CommandFailure("--line: \(error)", .fileUnusable)
            }
        }
        guard !lines.isEmpty else {
            throw CommandFailure(
                "--line: \(file) has no load line; sweep with --budget to get one", .wrongUsage)
        }
        shelf = .chosen(lines)
    }

    /// The newest that fits the server; nil where there is none. It may be asked for again and again: new recordings
    /// are seen once a minute.
    package func line(for seeker: LineSeeker) async -> RecordedLine? {
        switch shelf {
        case .folder(nil): nil
        case .folder(let folder?): await lines(in: folder).line(for: seeker)
        case .chosen(let lines): lines.chosenLine(for: seeker)
        }
    }

    /// All who ask at the same time wait for the same reading.
    private func lines(in folder: String) async -> MeasuredLines {
        let now = SystemTime.now()
        if let reading, now - reading.began < Self.freshness { return await reading.lines.value }
        let lines = Task {
            let read = await FileWork.run { [known] in Self.read(folder, known: known) }
            known = read
            return MeasuredLines(read.values.flatMap(\.lines))
        }
        reading = (now, lines)
        return await lines.value
    }
}

extension LoadLineLibrary {
    /// What a recording said when it was read.
    private struct Known: Sendable {
        var changed: Int64
        var lines: [MeasuredLine]
    }

    private static func read(_ folder: String, known: [String: Known]) -> [String: Known] {
        let recordings = PlainFile.names(in: folder).filter { $0.hasSuffix(".plimsoll") }
            .map { "\(folder)/\($0)" }
            .compactMap { path in PlainFile.changed(path).map { (path: path, changed: $0) } }
            .sorted { ($1.changed, $1.path) < ($0.changed, $0.path) }
        var read: [String: Known] = [:]
        for (path, changed) in recordings.prefix(mostRecordings) {
            if let before = known[path], before.changed == changed {
                read[path] = before
            } else if let lines = lines(of: path) {
                read[path] = Known(changed: changed, lines: lines)
            }
        }
        return read
    }

    /// nil where it has to be looked at again.
    private static func lines(of path: String) -> [MeasuredLine]? {
        do throws(RecordingError) {
            let reader = try RecordingReader.open(path: path)
            // What a sweep that still runs has measured is no line yet.
            guard !reader.isBeingWritten else { return nil }
            return try sweep(of: reader).lines
        } catch {
            return []
        }
    }

    /// Requests and arrivals, which make a recording long, are left alone; all but the plan, too, where that asks for
    /// no load line.
    private static func sweep(of reader: RecordingReader) throws(RecordingError) -> RecordedSweep {
        let session = reader.session
        guard session.plan?.sweep.budget != nil else {
            return RecordedSweep(session: session, endpoints: [], levels: [])
        }
        // As much of a damaged recording as there is.
        return RecordedSweep(
            session: session, endpoints: try reader.endpoints, levels: reader.readableLevels().levels)
    }
}
