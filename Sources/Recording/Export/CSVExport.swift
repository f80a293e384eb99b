import Foundation
import Measure

/// A recording as CSV files, for notebooks and spreadsheets.
///
/// - `levels.csv`, a row a level: `LevelResult.columnNames`.
/// - `requests.csv`, a row a finished request: `RequestRecord.columnNames`.
/// - `window_tokens.csv`, a row a (request, level): the tokens that arrived inside that level's window.
///   `chunk_tokens` counts them as they arrived; `output_tokens` spreads the server's final count evenly
///   over the chunks where it came only at the end (`token_source` "usage"). Their sum over a level is its
///   `window_output_tokens`, and that over `duration` its `output_throughput`.
/// - `marks.csv` and `events.csv`.
///
/// All times are nanoseconds since 1970, made from one clock: the requests that belong to a level are those
/// with `window_start` ≤ `request_end_ns` < `window_end` and the same `endpoint_id`; `completed` counts those
/// without `error_code`, and `total_*_tokens` are sums over them.
public enum CSVExport {
    public struct File: Hashable, Sendable {
        public var name: String
        /// Without the header.
        public var rows: Int
    }

    /// Writes all files, or none. From a damaged recording, what can be read is exported, and then the
    /// damage is thrown.
    @discardableResult
    public static func write(
        from reader: RecordingReader, to directory: String
    ) throws(RecordingError) -> [File] {
        do {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        } catch {
            throw .cannotExport(path: directory, reason: reason(for: error))
        }
        var export = try Export(reader: reader, directory: directory)
        try export.writeLevels()
        try export.writeEntries()
        let files = try export.finish()
        if let damage = export.damage { throw export.salvaged(damage) }
        return files
    }

    private static func reason(for error: any Error) -> String {
        let error = error as NSError
        let underlying = error.userInfo[NSUnderlyingErrorKey] as? NSError
        for candidate in [underlying, error] {
            if let candidate, candidate.domain == NSPOSIXErrorDomain {
                return systemReason(Int32(truncatingIfNeeded: candidate.code))
            }
        }
        switch CocoaError.Code(rawValue: error.code) {
        case .fileWriteFileExists: return "it is a file, not a directory"
        case .fileWriteNoPermission: return "permission denied"
        case .fileWriteOutOfSpace: return "the disk is full"
        case .fileWriteVolumeReadOnly: return "the file system is read-only"
        default: return "the directory can't be made"
        }
    }
}
