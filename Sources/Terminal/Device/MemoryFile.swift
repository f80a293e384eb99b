import CNcurses
import Glibc

/// What ncurses writes into instead of the terminal: a write to it never waits, and what a frame costs can
/// be counted.
struct MemoryFile: ~Copyable {
    let descriptor: Int32

    init() throws(TerminalError) {
        descriptor = cn_memory_file()
        guard descriptor >= 0 else { throw .refused(what: "no memory file for frames", errno: errno) }
    }

    deinit { close(descriptor) }

    /// Everything written since the last time.
    func take() -> [UInt8] {
        let size = Int(lseek(descriptor, 0, SEEK_CUR))
        guard size > 0 else { return [] }
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = max(0, pread(descriptor, buffer.baseAddress, size, 0))
        }
        ftruncate(descriptor, 0)
        lseek(descriptor, 0, SEEK_SET)
        return bytes
    }
}
