import Foundation
import Glibc
import Testing

extension Scenarios {
    private static let nobody = ["sweep", "http://127.0.0.1:1", "--headless"]

    @Test("Nobody's file is replaced: exit code 4 before anybody is asked, unless --force says otherwise")
    func nothingIsOverwritten() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        try FileManager.default.createDirectory(
            atPath: scratch.file("csv"), withIntermediateDirectories: false)
        for name in ["csv/levels.csv", "a.plimsoll", "a.plimsoll-wal", "b.plimsoll-wal", "picture.svg"] {
            try scratch.write("precious", to: name)
        }
        func untouched() -> Bool {
            ["csv/levels.csv", "a.plimsoll", "a.plimsoll-wal", "b.plimsoll-wal", "picture.svg"].allSatisfy {
                scratch.text(of: $0) == "precious"
            }
        }
        for (arguments, words) in [
            (["--csv", "csv", "--record", "c.plimsoll"], "csv/levels.csv"),
            (["--record", "a.plimsoll"], "a.plimsoll: it exists"),
            (["--record", "b.plimsoll"], "b.plimsoll-wal"),
            (["--log", "b.plimsoll-wal", "--record", "c.plimsoll"], "b.plimsoll-wal: it exists"),
        ] {
            expectRefusal(try await Program.run(Self.nobody + arguments, in: scratch), 4, words)
            #expect(untouched())
        }
        #expect(!scratch.exists("c.plimsoll"), "no recording of nothing")
        // A start that fails with --force, too, leaves all as it was.
        let failed = try await Program.run(
            Self.nobody + ["--force", "--record", "a.plimsoll", "--csv", "csv"], in: scratch)
        #expect(failed.status == 3 && untouched(), "\(failed.error)")

        let sweep =
            ["sweep", endpoint.url, "--users", "1", "--headless", "--record", "a.plimsoll", "--csv", "csv"]
            + Endpoint.short
        let forced = try await Program.run(sweep + ["--force"], in: scratch)
        #expect(forced.status == 0, "\(forced.error)")
        #expect(try Table(scratch.text(of: "csv/levels.csv")).rows.count == 1)
        expectRefusal(try await Program.run(sweep, in: scratch), 4, "csv/")
        let export = ["export", "a.plimsoll", "--csv", "csv"]
        expectRefusal(try await Program.run(export, in: scratch), 4, "--force")
        #expect(try await Program.run(export + ["--force"], in: scratch).status == 0)

        // Pictures: what is there, links, pipes, devices.
        symlink(scratch.file("b.plimsoll-wal"), scratch.file("link.svg"))
        mkfifo(scratch.file("pipe.svg"), 0o600)
        for path in ["picture.svg", "link.svg", "pipe.svg", "/dev/full", "home"] {
            let forces = path == "picture.svg" ? [[]] : [[], ["--force"]]
            for force in forces {
                expectRefusal(
                    try await Program.run(["replay", "a.plimsoll", "--picture", path] + force, in: scratch),
                    4,
                    path)
            }
        }
        #expect(scratch.text(of: "b.plimsoll-wal") == "precious")
        expectRefusal(
            try await Program.run(["replay", "a.plimsoll", "--picture", "x.png"], in: scratch), 2, "x.svg")
        #expect(!scratch.exists("x.png"))
        let picture = try await Program.run(
            ["replay", "a.plimsoll", "--picture", "picture.svg", "--force"], in: scratch)
        #expect(picture.status == 0 && scratch.text(of: "picture.svg").hasPrefix("<svg"))
    }

    @Test("Recordings and exports are the owner's alone, whatever the umask", arguments: ["000", "777"])
    func ownersAlone(umask: String) async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let run = try await Program.run(
            ["sweep", endpoint.url, "--users", "1", "--headless", "--csv", "out/csv"] + Endpoint.short,
            in: scratch, shell: "umask \(umask); exec \"$@\"")
        #expect(run.status == 0, "\(run.error)")
        let made = ["state/plimsoll", "out"].flatMap { [$0] + scratch.files(below: $0) }
        #expect(made.count > 7)
        for name in made {
            var status = stat()
            #expect(lstat(scratch.file(name), &status) == 0)
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            #expect(status.st_mode & 0o7777 == (isFolder ? 0o700 : 0o600), "\(name)")
        }
    }

    @Test("A recording that is deleted under the program: exit code 4, and said")
    func deletedRecording() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let program = try Program(
            ["sweep", endpoint.url, "--users", "1,2", "--headless", "--record", "a.plimsoll"]
                + Endpoint.short,
            in: scratch)
        try await program.says("1 user ")
        scratch.remove("a.plimsoll")
        let result = try await program.end()
        #expect(result.status == 4 && result.complaint.contains("deleted or replaced"), "\(result.error)")
        #expect(result.output.contains("TTFT p50"), "what was measured is printed all the same")
    }
}
