package import Recording

/// `e`: the recording so far as CSV, beside the recording, in a folder of its own each time.
package enum RecordingExporter {
    package static func export(_ path: String, flushing recorder: Recorder? = nil, desk: ScreenDesk) {
        let stem = path.hasSuffix(".plimsoll") ? String(path.dropLast(".plimsoll".count)) : path
        // Reading a long recording takes its time, and the keys must go on working.
        desk.export {
            recorder?.flush()
            do {
                let reader = try RecordingReader.open(path: path)
                let directory = try OutputFolder.makeNumbered(stem + "-csv")
                defer { OutputFolder.removeIfEmpty(directory) }
                let files = try TableExport.write(from: reader, to: directory)
                let lost = try reader.losses.sentence.map { "; \($0)" } ?? ""
                desk.notify("exported \(files.count) files to \(directory)\(lost)", isError: !lost.isEmpty)
            } catch {
                desk.notify("\(error)", isError: true)
            }
        }
    }
}
