/// Why a recording can't be written, read or exported. The description is one line for the user.
package enum RecordingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A new recording can't be made at this path.
    case cannotCreate(path: String, reason: String)
    /// There is a file already, and it isn't empty.
    case exists(path: String)
    /// Writing failed, for example on a full disk. What came before is in the file.
    case cannotWrite(path: String, reason: String)
    case cannotRead(path: String, reason: String)
    /// The file is something else.
    case notARecording(path: String, reason: String)
    case tooNew(path: String, format: Int, known: Int)
    /// Part of the file can't be read. `salvaged` says what could be, where that is known.
    case damaged(path: String, place: String, salvaged: String?)
    /// An export can't be written.
    case cannotExport(path: String, reason: String)

    package var description: String {
        switch self {
        case .cannotCreate(let path, let reason):
            "can't record to \(path): \(reason); choose another --record, or --no-record"
        case .exists(let path):
            "can't record to \(path): it exists; choose another --record, or --force to replace it"
        case .cannotWrite(let path, let reason):
            "the recording \(path) can't be written: \(reason)"
        case .cannotRead(let path, let reason):
            "can't read \(path): \(reason)"
        case .notARecording(let path, let reason):
            "\(path) is not a plimsoll recording: \(reason)"
        case .tooNew(let path, let format, let known):
            "\(path) was recorded by a newer plimsoll (format \(format); this one knows up to \(known)): update plimsoll"
        case .damaged(let path, let place, let salvaged):
            "\(path) is damaged at \(place)" + (salvaged.map { "; \($0)" } ?? "")
        case .cannotExport(let path, let reason):
            "can't export to \(path): \(reason)"
        }
    }
}
