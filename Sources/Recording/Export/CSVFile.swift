import Measure

/// One file of an export, written beside its place until `publish`.
final class CSVFile {
    let name: String
    private(set) var rows = 0
    private let file: StagedFile
    private var buffer: [UInt8] = []

    init(_ name: String, in directory: String, columns: [String], force: Bool) throws(RecordingError) {
        self.name = name
        do throws(OutputError) {
            file = try StagedFile(directory + "/" + name, force: force)
        } catch {
            throw RecordingError(export: error)
        }
        CSVText.append(columns.map { .text($0) }, to: &buffer)
    }

    func write(_ cells: [ColumnValue]) throws(RecordingError) {
        CSVText.append(cells, to: &buffer)
        rows += 1
        if buffer.count > 1 << 16 { try flush() }
    }

    /// All of it is on the disk.
    func finish() throws(RecordingError) {
        try flush()
        do throws(OutputError) { try file.finish() } catch { throw RecordingError(export: error) }
    }

    /// All of them get their places, or none does.
    static func publish(_ files: [CSVFile]) throws(RecordingError) {
        do throws(OutputError) { try StagedFile.publish(files.map(\.file)) } catch {
            throw RecordingError(export: error)
        }
    }

    private func flush() throws(RecordingError) {
        do throws(OutputError) { try file.write(buffer[...]) } catch { throw RecordingError(export: error) }
        buffer.removeAll(keepingCapacity: true)
    }
}

extension RecordingError {
    init(export error: OutputError) { self = .cannotExport(path: error.path, reason: error.reason) }
}
