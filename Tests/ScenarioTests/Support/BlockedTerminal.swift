import Glibc

/// A pty that nobody reads, with the program in it.
final class BlockedTerminal: Sendable {
    private let master: Int32
    private let process: ChildProcess
    var identifier: pid_t { process.identifier }

    init(_ arguments: [String], in scratch: Scratch) throws {
        var (master, slave): (Int32, Int32) = (-1, -1)
        var name = [CChar](repeating: 0, count: 128)
        var size = winsize(ws_row: 40, ws_col: 120, ws_xpixel: 0, ws_ypixel: 0)
        guard openpty(&master, &slave, &name, nil, &size) == 0 else { throw Problem("no pty to be had") }
        _ = fcntl(master, F_SETFD, FD_CLOEXEC)
        defer { Glibc.close(slave) }
        // Full from the start: not even the first frame gets through.
        _ = fcntl(slave, F_SETFL, O_NONBLOCK)
        let filler = [UInt8](repeating: 0x20, count: 1024)
        while write(slave, filler, filler.count) > 0 {}
        _ = fcntl(slave, F_SETFL, 0)
        self.master = master
        let path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        process = try ChildProcess(
            [try Binary.path()] + arguments, environment: scratch.environment(["TERM": "xterm-256color"]),
            folder: scratch.path, input: path, output: path, error: scratch.file("blocked.err"))
    }

    deinit { Glibc.close(master) }

    func end(within patience: Duration) async throws -> Int32 {
        let status = try await Poll.until("the program's end", within: patience) { process.status }
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 1000 + status & 0x7F
    }
}
