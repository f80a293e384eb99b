import FoundationEssentials
import Measure
import Recording

/// Where a session is recorded when nobody says.
enum RecordingPath {
    /// `$XDG_STATE_HOME/plimsoll`, or what that stands for.
    static func folder(environment: [String: String]) throws(CommandFailure) -> String {
        let state = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        guard let base = state ?? environment["HOME"].map({ $0 + "/.local/state" }) else {
            throw CommandFailure(
                "no place for recordings: neither XDG_STATE_HOME nor HOME is set", .fileUnusable)
        }
        return base + "/plimsoll"
    }

    /// `$XDG_STATE_HOME/plimsoll/2026-11-22T04-58-08.plimsoll`, with a number when that is taken; a watch's begins with
    /// `watch-`.
    static func standard(
        _ session: SessionInfo, environment: [String: String]
    ) throws(CommandFailure) -> String {
        let directory: String
        do throws(CommandFailure) { directory = try folder(environment: environment) } catch {
            throw CommandFailure("\(error.message); give --record or --no-record", error.status)
        }
        do throws(OutputError) { try OutputFolder.make(directory) } catch {
            throw CommandFailure(
                "can't make the folder \(directory) for the recording: \(error.reason); give --record or --no-record",
                .fileUnusable)
        }
        let date = Date(timeIntervalSince1970: Double(session.started.unixNanoseconds) / 1e9)
        let stamp = date.formatted(.iso8601.timeZoneSeparator(.omitted).dateTimeSeparator(.standard))
            .replacing(":", with: "-").replacing("Z", with: "")
        let name = (session.watch == nil ? "" : "watch-") + stamp
        for suffix in [""] + (2...99).map({ "-\($0)" }) {
            let path = "\(directory)/\(name)\(suffix).plimsoll"
            if OutputFile.isFree(path) { return path }
        }
        throw CommandFailure("no free name for a recording in \(directory); give --record", .fileUnusable)
    }
}

extension RecordingStatus {
    var path: String? {
        switch self {
        case .off: nil
        case .running(let path, _), .failed(let path, _), .replaying(let path): path
        }
    }
}
