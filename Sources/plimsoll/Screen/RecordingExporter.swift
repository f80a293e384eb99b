import Recording

/// `e`: the recording so far as CSV, beside the recording.
enum RecordingExporter {
    static func export(_ path: String, flushing recorder: Recorder? = nil, desk: ScreenDesk) {
        let stem = path.hasSuffix(".plimsoll") ? String(path.dropLast(".plimsoll".count)) : path
        let directory = stem + "-csv"
        // A detached task: reading a long recording takes its time, and the keys must go on working.
        Task.detached {
            recorder?.flush()
            do throws(RecordingError) {
                let files = try CSVExport.write(from: RecordingReader.open(path: path), to: directory)
                desk.notify("exported \(files.count) files to \(directory)")
            } catch {
                desk.notify("\(error)", isError: true)
            }
        }
    }
}
