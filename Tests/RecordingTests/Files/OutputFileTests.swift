import Foundation
import Glibc
import Measure
import Testing

@testable import Recording

@Suite(.serialized) struct OutputFileTests {
    static func mode(_ path: String) -> UInt32 {
        var status = stat()
        return lstat(path, &status) == 0 ? UInt32(status.st_mode & 0o7777) : 0
    }

    /// What isn't to be written, and how it is named.
    private static func obstacles(_ scratch: Scratch) -> [(name: String, word: String)] {
        scratch.write([1], to: "file")
        symlink(scratch.file("file"), scratch.file("link"))
        symlink(scratch.file("nowhere"), scratch.file("dangling"))
        symlink("/dev/null", scratch.file("device-link"))
        mkfifo(scratch.file("pipe"), 0o600)
        mkdir(scratch.file("folder"), 0o700)
        return [
            ("link", "link"), ("dangling", "link"), ("device-link", "link"), ("pipe", "not a regular file"),
            ("folder", "directory"), ("no/such/folder/x", "no such file"), ("file/x", "not a directory"),
        ]
    }

    @Test(arguments: [false, true])
    func neverOntoAnythingButARegularFile(force: Bool) {
        let scratch = Scratch()
        let obstacles = Self.obstacles(scratch)
        let before = scratch.names
        for (path, word) in obstacles.map({ (scratch.file($0.name), $0.word) })
            + [("/dev/full", "not a regular file"), ("/dev/null", "not a regular file")]
        {
            let attempts: [() throws -> Void] = [
                { try OutputFile.check(path, force: force) },
                { try OutputFile.write("x", to: path, force: force) },
            ]
            for attempt in attempts {
                let error = #expect(throws: OutputError.self, "\(path)") { try attempt() }
                #expect(error?.reason.contains(word) == true, "\(path): \(error?.reason ?? "taken")")
            }
            #expect(throws: RecordingError.self, "\(path)") {
                try Recorder.create(path: path, session: Sample.session, force: force)
            }
        }
        #expect(scratch.names == before && scratch.bytes("file") == [1])
    }

    @Test func replacesOnlyWhenToldTo() throws {
        let scratch = Scratch()
        scratch.write([1], to: "file")
        #expect(throws: OutputError.self) {
            try OutputFile.write("x", to: scratch.file("file"), force: false)
        }
        #expect(scratch.bytes("file") == [1])
        try OutputFile.write("x", to: scratch.file("file"), force: true)
        #expect(scratch.bytes("file") == Array("x".utf8))
        try OutputFile.write("y", to: scratch.file("new"), force: false)
        #expect(scratch.names == ["file", "new"])
    }

    /// The umask belongs to the whole process: this suite is serialized, and puts it back at once.
    @Test(arguments: [0o000, 0o022, 0o077, 0o777] as [mode_t])
    func modesWhateverTheUmask(_ mask: mode_t) async throws {
        let scratch = Scratch()
        mkdir(scratch.file("open"), 0o755)
        chmod(scratch.file("open"), 0o755)
        let former = umask(mask)
        let made = Result {
            try OutputFolder.make(scratch.file("open/a/b"))
            try OutputFile.write("x", to: scratch.file("open/a/b/file"), force: false)
            let recorder = try Sample.recorder(scratch.file("open/s"))
            for batch in Sample.batches(5, seed: 1) { recorder.take(.batch(batch)) }
            recorder.flush()
            return recorder
        }
        umask(former)
        let recorder = try made.get()
        #expect(Self.mode(scratch.file("open")) == 0o755)
        for folder in ["open/a", "open/a/b"] { #expect(Self.mode(scratch.file(folder)) == 0o700) }
        for file in ["open/a/b/file", "open/s", "open/s-wal", "open/s-shm"] {
            #expect(Self.mode(scratch.file(file)) == 0o600, "\(file)")
        }
        try await recorder.close()
        #expect(Self.mode(scratch.file("open/s")) == 0o600)
        let again = umask(mask)
        defer { umask(again) }
        try CSVExport.write(from: RecordingReader.open(path: scratch.file("open/s")), to: scratch.file("csv"))
        #expect(Self.mode(scratch.file("csv")) == 0o700)
        #expect(Self.mode(scratch.file("csv/levels.csv")) == 0o600)
    }

    @Test func foldersAreNumbered() throws {
        let scratch = Scratch()
        scratch.write([1], to: "x-csv-2")
        let made = try (0..<3).map { _ in try OutputFolder.makeNumbered(scratch.file("x-csv")) }
        #expect(made == ["x-csv", "x-csv-3", "x-csv-4"].map(scratch.file))
        #expect(throws: OutputError.self) { try OutputFolder.makeNumbered(scratch.file("no/such/x")) }
    }
}
