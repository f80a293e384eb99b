import Foundation
import System

/// A temporary folder, and a home for the program inside it. Gone with the last reference.
final class Scratch: Sendable {
    /// Short: a Unix socket's path has room for 108 bytes.
    let path: String

    init() throws {
        path = "/tmp/plimsoll-" + String(UInt32.random(in: 0...UInt32.max), radix: 36)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        for folder in ["home", "state"] {
            try FileManager.default.createDirectory(atPath: file(folder), withIntermediateDirectories: false)
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }

    func text(of name: String) -> String {
        // The screen's and the program's bytes, whatever they are.
        String(decoding: bytes(of: name), as: UTF8.self)
    }

    func bytes(of name: String) -> Data { FileManager.default.contents(atPath: file(name)) ?? Data() }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: file(name)) }

    func write(_ text: String, to name: String) throws { try write(Data(text.utf8), to: name) }

    func write(_ data: Data, to name: String) throws { try data.write(to: URL(fileURLWithPath: file(name))) }

    func remove(_ names: String...) {
        for name in names { try? FileManager.default.removeItem(atPath: file(name)) }
    }

    /// Every file below `folder`.
    func files(below folder: String) -> [String] {
        let names = FileManager.default.enumerator(atPath: file(folder))?.allObjects as? [String] ?? []
        return names.map { folder + "/" + $0 }.sorted()
    }

    /// What the program sees; nothing of the tester's own.
    func environment(_ more: [String: String] = [:]) -> [String: String] {
        let own = [
            "HOME": file("home"), "XDG_STATE_HOME": file("state"), "LANG": "C.UTF-8",
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
        ]
        return own.merging(more) { $1 }
    }

    /// Starts a program in it, in a group of its own, with its streams in files: nothing can block on a pipe.
    func start(
        _ command: [String], environment: [String: String],
        input: ChildProcess.Launch.Stream = .file("/dev/null"), output: ChildProcess.Launch.Stream,
        error: String
    ) throws -> ChildProcess {
        // posix_spawn's own way to change the folder isn't in every C library's headers.
        var launch = ChildProcess.Launch(
            "/usr/bin/env", arguments: ["-C", path] + command, environment: environment, output: output,
            error: .file(error))
        launch.input = input
        launch.company = .ownGroup
        do throws(SystemError) { return try ChildProcess(launch) } catch {
            throw Problem("can't start \(command[0]): \(error)")
        }
    }
}
