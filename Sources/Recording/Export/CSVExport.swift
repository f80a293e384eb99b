package import Measure

/// A recording as CSV files, for notebooks and spreadsheets.
///
/// - `levels.csv`, a row a level: `LevelResult.columnNames`.
/// - `requests.csv`, a row a finished request: `RequestRecord.columnNames`.
/// - `window_tokens.csv`, a row a (request, level): the tokens that arrived inside that level's window.
///   `chunk_tokens` counts them as they arrived; `output_tokens` spreads the server's final count evenly
///   over the chunks where it came only at the end (`token_source` "usage"). Their sum over a level is its
///   `window_output_tokens`, and that over `duration` its `output_throughput`.
/// - `marks.csv` and `events.csv`.
/// - `slices.csv`, of a soak test: `levels.csv`'s columns, a row a slice of its window; `level` numbers the slices.
/// - `servers.csv`, a row a reading of a server, and of each of several engines: `ServerColumns.names`; `gpus.csv`, a
///   row a GPU and reading: `GPUColumns.names`. Of a watch, which has no levels and requests; beside a load where there
///   are readings. `canaries.csv`, where a watch sent any, a row a request: `CanaryColumns.names`.
///
/// All times are nanoseconds since 1970, made from one clock: the requests that belong to a level are those
/// with `window_start` ≤ `request_end_ns` < `window_end` and the same `endpoint_id`; `completed` counts those
/// without `error_code`, and `total_*_tokens` are sums over them.
package enum CSVExport {
    package struct File: Hashable, Sendable {
        package var name: String
        /// Without the header.
        package var rows: Int
    }

    static let names = [
        "levels.csv", "requests.csv", "window_tokens.csv", "marks.csv", "events.csv", "slices.csv",
        "servers.csv", "gpus.csv", "canaries.csv",
    ]

    /// What can be known before there is anything to export: whether the files may be written there.
    ///
    /// - Throws: why they may not.
    package static func check(_ directory: String, force: Bool) throws(RecordingError) {
        do throws(OutputError) {
            try OutputFolder.check(directory)
            for name in names {
                let path = directory + "/" + name
                guard try OutputFile.isThere(path), !force else { continue }
                try OutputFile.check(path, force: false)
            }
        } catch {
            throw RecordingError(export: error)
        }
    }

    /// Writes all files, or none. From a damaged recording, what can be read is exported, and then the
    /// damage is thrown.
    ///
    /// - Parameters:
    ///   - force: files of these names may be replaced.
    ///   - slices: a soak test's; where there are none there's no file for them.
    /// - Returns: what was written, in the order in which it is listed to the user.
    /// - Throws: what the files could not be made for, or what is wrong with the recording.
    @discardableResult
    package static func write(
        from reader: RecordingReader, to directory: String, force: Bool = false, slices: [LevelResult] = []
    ) throws(RecordingError) -> [File] {
        try check(directory, force: force)
        do throws(OutputError) { try OutputFolder.make(directory) } catch {
            throw RecordingError(export: error)
        }
        var export = try Export(reader: reader, directory: directory, force: force)
        try export.write(slices: slices)
        try export.write()
        let files = try export.finish()
        if let damage = export.damage { throw export.salvaged(damage) }
        return files
    }
}
