import Measure
import Recording

/// Where a session's results go.
package struct SessionOutput: Sendable {
    package enum RecordingPlace: Sendable {
        case nowhere
        case file(String)
        /// The user's folder for such files, by the environment.
        case standard(environment: [String: String])
    }

    var recording: RecordingPlace
    /// The results as one document, in place of the summary.
    var json: Bool
    /// The folder for the tables.
    var csv: String?
    /// The file for what the session did.
    var log: String?
    /// Replace files.
    var force: Bool
    /// The final screen stays until somebody leaves it.
    var stay: Bool
    /// Go on without the terminal when it goes away.
    var keepRunning: Bool

    package init(
        recording: RecordingPlace, json: Bool = false, csv: String? = nil, log: String? = nil,
        force: Bool = false,
        stay: Bool = false, keepRunning: Bool = false
    ) {
        self.recording = recording
        self.json = json
        self.csv = csv
        self.log = log
        self.force = force
        self.stay = stay
        self.keepRunning = keepRunning
    }

    /// Makes the log's file.
    func openLog(scrubber: Scrubber) throws(CommandFailure) -> SessionLog? {
        guard let log else { return nil }
        do throws(OutputError) { return try SessionLog(path: log, force: force, scrubber: scrubber) } catch {
            throw CommandFailure("--log: \(error)", .fileUnusable)
        }
    }

    /// What can be known before anybody is asked anything: whether the results can be written.
    package func check() throws(CommandFailure) {
        guard let csv else { return }
        do throws(RecordingError) { try CSVExport.check(csv, force: force) } catch {
            throw CommandFailure("\(error)", .fileUnusable)
        }
    }
}
