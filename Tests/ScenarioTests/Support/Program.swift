import Glibc
import System

/// The program without a terminal: its streams go to files, so that nothing can block on a pipe.
final class Program: Sendable {
    struct Result {
        var output: String
        var error: String
        /// As a shell tells it: 128+n when signal n killed it.
        var status: Int32
        /// Killed by a signal rather than ended by itself.
        var wasKilled: Bool

        /// What it complained of: the last line of standard error.
        var complaint: String { error.split(separator: "\n").last.map(String.init) ?? "" }
    }

    private let process: ChildProcess
    private let scratch: Scratch
    private let name: String

    /// Starts it. `shell` is a line for sh, in which "$@" is the program and its arguments.
    init(
        _ arguments: [String], in scratch: Scratch, environment: [String: String] = [:], shell: String? = nil,
        removing removed: [String] = []
    ) throws {
        self.scratch = scratch
        name = "run-" + String(UInt32.random(in: 0...UInt32.max), radix: 36)
        let command = [try Binary.path()] + arguments
        process = try scratch.start(
            shell.map { ["/bin/sh", "-c", $0, "sh"] + command } ?? command,
            environment: scratch.environment(environment).filter { !removed.contains($0.key) },
            output: .file(scratch.file(name + ".out")), error: scratch.file(name + ".err"))
    }

    /// Runs it to its end.
    static func run(
        _ arguments: [String], in scratch: Scratch, environment: [String: String] = [:], shell: String? = nil,
        removing removed: [String] = [], within patience: Duration = Poll.patience
    ) async throws -> Result {
        try await Program(arguments, in: scratch, environment: environment, shell: shell, removing: removed)
            .end(within: patience)
    }

    var identifier: pid_t { process.identifier }
    var isRunning: Bool { process.ending == nil }
    var output: String { scratch.text(of: name + ".out") }
    var error: String { scratch.text(of: name + ".err") }

    func send(_ signal: Int32) { process.send(signal) }

    /// Waits until it has written `text` to standard error.
    func says(_ text: String) async throws {
        try await Poll.until("“\(text)” on standard error", seen: { self.error }) {
            if error.contains(text) { return true }
            if !isRunning { throw Problem("it ended before it said “\(text)”:\n\(error)") }
            return false
        }
    }

    func end(within patience: Duration = Poll.patience) async throws -> Result {
        let ending: ChildProcess.Ending
        do {
            ending = try await Poll.until("the program's end", within: patience, seen: { self.error }) {
                process.ending
            }
        } catch {
            send(SIGKILL)
            throw error
        }
        return Result(
            output: output, error: error, status: ending.exit < 0 ? 128 - ending.exit : ending.exit,
            wasKilled: ending.exit < 0)
    }
}
