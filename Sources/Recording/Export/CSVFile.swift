import Glibc
import Measure

/// One file of an export. It has a temporary name until `publish`, so that nobody ever sees half of it.
final class CSVFile {
    let name: String
    private(set) var rows = 0
    private let path: String
    private let temporary: String
    private var descriptor: Int32
    private var buffer: [UInt8] = []

    init(_ name: String, in directory: String, columns: [String]) throws(RecordingError) {
        self.name = name
        path = directory + "/" + name
        temporary = directory + "/.\(name).\(getpid()).partial"
        descriptor = open(temporary, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else { throw .cannotExport(path: directory, reason: systemReason(errno)) }
        CSVText.append(columns.map { .text($0) }, to: &buffer)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        unlink(temporary)
    }

    func write(_ cells: [ColumnValue]) throws(RecordingError) {
        CSVText.append(cells, to: &buffer)
        rows += 1
        if buffer.count > 1 << 16 { try flush() }
    }

    /// All of it is on its way to the disk, and no error came.
    func finish() throws(RecordingError) {
        try flush()
        let code = close(descriptor)
        descriptor = -1
        guard code == 0 else { throw .cannotExport(path: path, reason: systemReason(errno)) }
    }

    func publish() throws(RecordingError) {
        guard rename(temporary, path) == 0 else {
            throw .cannotExport(path: path, reason: systemReason(errno))
        }
    }

    private func flush() throws(RecordingError) {
        var done = 0
        while done < buffer.count {
            let written = buffer.withUnsafeBytes { bytes in
                Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
            }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw .cannotExport(path: path, reason: systemReason(errno)) }
            done += written
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
