import Foundation
import Glibc
import System

/// A terminal with the program in it: a tmux server of its own with one pane, killed with the last reference.
///
/// The pane runs a script that notes `stty -a` before and after, and the exit code, and then waits, so that
/// what is left on the screen can be looked at.
final class TmuxTerminal: Sendable {
    struct Size: Hashable, CustomStringConvertible {
        var width: Int
        var height: Int
        var description: String { "\(width)×\(height)" }
    }

    private let scratch: Scratch
    private var socket: String { scratch.file("tmux") }

    /// `environment` replaces what is there; an empty value removes it.
    init(
        _ arguments: [String], size: Size = Size(width: 120, height: 40), in scratch: Scratch,
        environment: [String: String] = [:]
    ) async throws {
        self.scratch = scratch
        let settings = scratch.environment(["TERM": "tmux-256color"].merging(environment) { $1 })
            .filter { !$0.value.isEmpty }.map { "\($0.key)=\($0.value)" }
        let command = ["env", "-i"] + settings + [try Binary.path()] + arguments
        let script = """
            cd '\(scratch.path)'
            trap : INT QUIT  # For the program; the script goes on.
            stty -a >before
            sh -c 'echo $$ >pid; exec "$@"' sh \(command.map(Self.quoted).joined(separator: " "))
            echo $? >status.new
            stty -a >after
            mv status.new status
            echo 'the program has ended'
            exec sleep 600
            """
        try scratch.write(script, to: "run.sh")
        try await open("sh '\(scratch.file("run.sh"))'", size: size)
    }

    /// A recorded sweep of a minute's dwell, in its first window.
    static func measuring(_ endpoint: Endpoint, in scratch: Scratch) async throws -> TmuxTerminal {
        let terminal = try await TmuxTerminal(
            ["sweep", endpoint.url, "--users", "1,2", "--dwell", "60s", "--record", "a.plimsoll"], in: scratch
        )
        try await terminal.waitFor("measuring")
        return terminal
    }

    /// An interactive shell instead of the program.
    init(shellOf size: Size, in scratch: Scratch) async throws {
        self.scratch = scratch
        let settings = scratch.environment(["TERM": "tmux-256color", "PS1": "ready> "]).map {
            "\($0.key)=\($0.value)"
        }
        let command = ["env", "-i"] + settings + ["bash", "--norc", "--noprofile", "-i"]
        try await open(command.map(Self.quoted).joined(separator: " "), size: size)
        try await waitFor("ready>")
    }

    deinit {
        // Hangs up on whatever still runs in it.
        if let server = pid_t(scratch.text(of: "server").trimmed) { kill(server, SIGTERM) }
    }

    private func open(_ command: String, size: Size) async throws {
        try await tmux(
            "-u", "-f", "/dev/null", "new-session", "-d", "-x", "\(size.width)", "-y", "\(size.height)",
            command)
        try scratch.write(try await property("pid"), to: "server")
    }

    // MARK: Doing

    /// Keys by tmux's names: "Escape", "Enter", "C-c", "q".
    func press(_ keys: String...) async throws { try await tmux(["send-keys", "-t", "0", "--"] + keys) }

    func type(_ text: String) async throws { try await tmux("send-keys", "-t", "0", "-l", "--", text) }

    func resize(to width: Int, _ height: Int) async throws {
        try await tmux("resize-window", "-t", "0", "-x", "\(width)", "-y", "\(height)")
    }

    /// Closes the terminal under the program.
    func close() async throws { try await tmux("kill-pane", "-t", "0") }

    /// Ends tmux itself.
    func shut() async throws { try await tmux("kill-server") }

    func send(_ signal: Int32) async throws { kill(try await identifier(), signal) }

    // MARK: Seeing

    /// The screen as text, without trailing blanks.
    func text() async throws -> String { try await tmux("capture-pane", "-p", "-t", "0") }

    /// The screen with its colours.
    func colors() async throws -> String { try await tmux("capture-pane", "-p", "-e", "-t", "0") }

    /// One of tmux's formats: alternate_on, cursor_flag, pane_tty.
    func property(_ name: String) async throws -> String {
        try await tmux("display-message", "-p", "-t", "0", "#{\(name)}").trimmingCharacters(in: .newlines)
    }

    /// The program's process.
    func identifier() async throws -> Int32 {
        try await Poll.until("the program's process") { Int32(scratch.text(of: "pid").trimmed) }
    }

    @discardableResult
    func waitFor(_ text: String, within patience: Duration = Poll.patience) async throws -> String {
        try await wait("“\(text)” on the screen", within: patience) { $0.contains(text) }
    }

    func waitWhile(_ text: String) async throws {
        try await wait("“\(text)” gone from the screen") { !$0.contains(text) }
    }

    @discardableResult
    func wait(
        _ what: String, within patience: Duration = Poll.patience, _ isSo: (String) -> Bool
    ) async throws -> String {
        try await Poll.until(what, within: patience, seen: { try await self.text() }) {
            let screen = try await text()
            return isSo(screen) ? screen : nil
        }
    }

    /// The exit code, once the program has ended.
    func status(within patience: Duration = Poll.patience) async throws -> Int32 {
        try await Poll.until("the program's end", within: patience, seen: { try await self.text() }) {
            scratch.exists("status") ? Int32(scratch.text(of: "status").trimmed) : nil
        }
    }

    /// What is wrong with the terminal after the program's end; empty when it is as it was.
    func damage() async throws -> [String] {
        try await waitFor("the program has ended")
        var found: [String] = []
        // The size is the terminal's own.
        func modes(_ name: String) -> [Substring] {
            scratch.text(of: name).split(separator: "\n").dropFirst() + []
        }
        if modes("before") != modes("after") {
            found.append("stty: \(scratch.text(of: "before")) became \(scratch.text(of: "after"))")
        }
        if try await property("alternate_on") != "0" { found.append("still on the alternate screen") }
        if try await property("cursor_flag") != "1" { found.append("the cursor is hidden") }
        let rows = Int(try await property("pane_height")) ?? 0
        let region = try await property("scroll_region_upper") + "-" + property("scroll_region_lower")
        if region != "0-\(rows - 1)" { found.append("of \(rows) rows only \(region) scroll") }
        if try await property("mouse_any_flag") != "0" { found.append("the mouse is still reported") }
        return found
    }

    // MARK: tmux

    @discardableResult
    private func tmux(_ arguments: String...) async throws -> String { try await tmux(arguments) }

    @discardableResult
    private func tmux(_ arguments: [String]) async throws -> String {
        let name = "tmux-" + String(UInt32.random(in: 0...UInt32.max), radix: 36)
        let (output, error) = (name + ".out", name + ".err")
        defer { scratch.remove(output, error) }
        let process = try scratch.start(
            ["tmux", "-S", socket] + arguments, environment: scratch.environment(),
            output: .file(scratch.file(output)), error: scratch.file(error))
        let ending = try await Poll.until("tmux \(arguments)", every: .milliseconds(5)) { process.ending }
        guard ending.exit == 0 else {
            throw Problem("tmux \(arguments.joined(separator: " ")): \(scratch.text(of: error))")
        }
        return scratch.text(of: output)
    }

    private static func quoted(_ word: String) -> String {
        "'" + word.replacingOccurrences(of: "'", with: "'\\''") + "'"
    }
}

extension String {
    var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
