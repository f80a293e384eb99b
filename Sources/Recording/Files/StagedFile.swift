import CRecording
import Glibc
import Synchronization
import System

/// A file that is written beside its place, and put there when it is whole: nobody ever sees half of it. What it
/// replaces is kept until `settle`, so that `undo` gives it back.
final class StagedFile {
    let path: String
    private let force: Bool
    /// Where it is written; once it has replaced a file, where that is.
    private let staged: String
    private let identity: FileIdentity?
    private var descriptor: Int32
    private var isPublished = false
    private var hasReplaced = false

    private static let number = Atomic<Int>(0)

    init(_ path: String, force: Bool) throws(OutputError) {
        try OutputFile.check(path, force: force)
        self.path = path
        self.force = force
        let name = path.split(separator: "/").last ?? ""
        let number = Self.number.wrappingAdd(1, ordering: .relaxed).newValue
        staged = "\(OutputFolder.above(path))/.\(name).\(getpid())-\(number).partial"
        do throws(OutputError) { descriptor = try OutputFile.create(staged) } catch {
            throw OutputError(path: path, reason: error.reason)
        }
        identity = FileIdentity(descriptor: descriptor)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        if !isPublished { removeStaged() }
    }

    func write(_ bytes: ArraySlice<UInt8>) throws(OutputError) {
        var rest = bytes
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw failure(errno) }
            rest = rest.dropFirst(written)
        }
    }

    /// All of it is on the disk.
    func finish() throws(OutputError) {
        // Pipes and the like can't be here; file systems that know no sync say EINVAL.
        if fsync(descriptor) != 0, errno != EINVAL { throw failure(errno) }
        let code = close(descriptor)
        descriptor = -1
        guard code == 0 else { throw failure(errno) }
    }

    /// Puts it in its place.
    private func publish() throws(OutputError) {
        if force, try OutputFile.isThere(path) {
            if crecording_exchange(staged, path) == 0 {
                hasReplaced = true
            } else {
                guard errno == EINVAL || errno == ENOSYS else { throw failure(errno) }
                guard rename(staged, path) == 0 else { throw failure(errno) }
            }
        } else {
            guard crecording_rename_new(staged, path) == 0 else { throw failure(errno) }
        }
        isPublished = true
    }

    /// As if it had never been published.
    private func undo() {
        guard isPublished, FileIdentity(of: path) == identity else { return }
        isPublished = false
        if hasReplaced {
            _ = crecording_exchange(staged, path)
            hasReplaced = false
        } else {
            unlink(path)
        }
    }

    /// All of them get their places, or none does.
    static func publish(_ files: [StagedFile]) throws(OutputError) {
        for (index, file) in files.enumerated() {
            do throws(OutputError) { try file.publish() } catch {
                for published in files[..<index] { published.undo() }
                throw error
            }
        }
        for file in files { file.settle() }
    }

    /// It stays; what it replaced goes.
    private func settle() {
        if hasReplaced { unlink(staged) }
        hasReplaced = false
    }

    private func removeStaged() {
        if FileIdentity(of: staged) == identity { unlink(staged) }
    }

    private func failure(_ code: Int32) -> OutputError {
        OutputError(path: path, reason: SystemError(code).reason, exists: code == EEXIST)
    }
}
