package import Measure
import Recording
import System

/// The load lines that were measured before, looked up for servers that are watched. Recordings are read where waiting
/// for a disk holds up nobody, and each only once; whatever can't be read has no line, and that is all.
package actor LoadLineLibrary {
    /// nil where there is no place for any.
    private let folder: String?
    private var shelf: [ShelvedRecording] = []
    private var reading: (began: Moment, done: Task<Void, Never>)?

    /// A sweep beside a watch is seen as soon as this after it ended.
    private static let freshness = 60 * Nanoseconds.second

    /// What is recorded where nobody says where.
    package init(environment: [String: String]) {
        folder = try? RecordingPath.folder(environment: environment)
    }

    /// The newest that fits the server; nil where there is none. It may be asked for again and again: new recordings
    /// are seen once a minute.
    package func line(for seeker: LineSeeker) async -> RecordedLine? {
        guard let folder else { return nil }
        await refresh(folder)
        let recordings = shelf.filter { $0.sweep != nil }
        for candidate in seeker.candidates(in: recordings.compactMap(\.sweep)) {
            guard var line = await lines(of: recordings[candidate.sweep])[candidate.endpoint] else {
                continue
            }
            line.isOfSameURL = candidate.isOfSameURL
            return line
        }
        return nil
    }

    /// All who ask at the same time wait for the same reading.
    private func refresh(_ folder: String) async {
        let now = SystemTime.now()
        if let reading, now - reading.began < Self.freshness { return await reading.done.value }
        let done = Task {
            shelf = await FileWork.run { [shelf] in ShelvedRecording.all(in: folder, known: shelf) }
        }
        reading = (now, done)
        await done.value
    }

    private func lines(of recording: ShelvedRecording) async -> [EndpointID: RecordedLine] {
        if let lines = recording.lines { return lines }
        let lines = await FileWork.run { recording.readLines() }
        if let place = shelf.firstIndex(where: { $0.isSame(as: recording) }) { shelf[place].lines = lines }
        return lines
    }
}
