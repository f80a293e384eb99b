import Glibc
import System

/// A pty that nobody reads, with the program in it.
final class BlockedTerminal: Sendable {
    private let master: Int32
    private let process: ChildProcess
    var identifier: pid_t { process.identifier }

    init(_ arguments: [String], in scratch: Scratch) throws {
        let terminal = try PseudoTerminal(columns: 120, rows: 40)
        master = terminal.master
        // Full from the start: not even the first frame gets through.
        let slave = open(terminal.path, O_RDWR | O_NOCTTY | O_NONBLOCK)
        defer { close(slave) }
        let filler = [UInt8](repeating: 0x20, count: 1024)
        while write(slave, filler, filler.count) > 0 {}
        process = try scratch.start(
            [try Binary.path()] + arguments, environment: scratch.environment(["TERM": "xterm-256color"]),
            input: .terminal(terminal.path), output: .terminal(terminal.path),
            error: scratch.file("blocked.err"))
    }

    deinit { close(master) }

    func end(within patience: Duration) async throws -> Int32 {
        let ending = try await Poll.until("the program's end", within: patience) { process.ending }
        return ending.exit < 0 ? 1000 - ending.exit : ending.exit
    }
}
