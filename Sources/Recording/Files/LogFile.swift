import Dispatch
import Glibc
import Synchronization
import System

/// A file that grows by a line at a time, on a thread of its own: whoever has something to say waits for no disk.
package final class LogFile: Sendable {
    private let path: String
    private let descriptor: Int32
    private let queue = DispatchQueue(label: "plimsoll.log", qos: .utility)
    private let failure = Mutex<Int32?>(nil)

    /// - Parameter force: a regular file there is emptied.
    package init(path: String, force: Bool) throws(OutputError) {
        try OutputFile.check(path, force: force)
        descriptor = try OutputFile.isThere(path) ? OutputFile.empty(path) : OutputFile.create(path)
        self.path = path
    }

    deinit { close(descriptor) }

    package func append(_ line: String) {
        queue.async { self.write(Array((line + "\n").utf8)) }
    }

    /// Waits for all that was said; throws where some of it is not in the file.
    package func finish() async throws(OutputError) {
        await withCheckedContinuation { done in queue.async { done.resume() } }
        if let code = failure.withLock({ $0 }) {
            throw OutputError(path: path, reason: SystemError(code).reason)
        }
    }

    private func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else {
                let code = errno
                return failure.withLock { $0 = $0 ?? code }
            }
            rest = rest.dropFirst(written)
        }
    }
}
