import Foundation
import Testing

extension Scenarios {
    @Test("A recording that can't be written: exit code 4, before anybody is asked")
    func unwritableRecording() async throws {
        let scratch = try Scratch()
        try scratch.write("precious", to: "mine.txt")
        for path in ["/no/such/folder/a.plimsoll", "/dev/full", "/", "/proc/a.plimsoll", "mine.txt"] {
            let result = try await Program.run(
                ["sweep", "http://127.0.0.1:1", "--headless", "--record", path], in: scratch)
            expectRefusal(result, 4, path, "--record")
        }
        #expect(scratch.text(of: "mine.txt") == "precious")
        // No home at all.
        let homeless = try await Program.run(
            ["sweep", "http://127.0.0.1:1", "--headless"], in: scratch, removing: ["HOME", "XDG_STATE_HOME"])
        expectRefusal(homeless, 4, "--record")
    }

    @Test("Not a recording, or no longer one: exit code 4, and the file untouched")
    func foreignFiles() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let sweep = try await Program.run(
            ["sweep", endpoint.url, "--users", "1", "--headless", "--record", "a.plimsoll"] + Endpoint.short,
            in: scratch)
        #expect(sweep.status == 0)
        let whole = scratch.bytes(of: "a.plimsoll")
        try scratch.write("", to: "empty")
        try scratch.write(Data((0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 193 &+ $0 / 7) }), to: "junk")
        try scratch.write("a,b\n1,2\n", to: "some.csv")
        try scratch.write(whole.prefix(whole.count / 2), to: "half")
        var damaged = whole
        for index in stride(from: 100, to: damaged.count, by: 5) { damaged[index] ^= 0x5A }
        try scratch.write(damaged, to: "damaged")
        for name in ["empty", "junk", "some.csv", "half", "damaged", "missing", "home"] {
            let before = scratch.bytes(of: name)
            expectRefusal(try await Program.run(["replay", name, "--headless"], in: scratch), 4, name)
            let export = try await Program.run(["export", name, "--csv", "csv-" + name], in: scratch)
            expectRefusal(export, 4, name)
            #expect(scratch.bytes(of: name) == before)
        }
        // The same file, sound, into places where nothing can be written.
        try scratch.write("precious", to: "mine.txt")
        for folder in ["mine.txt", "/proc/csv", "/dev/null"] {
            let result = try await Program.run(["export", "a.plimsoll", "--csv", folder], in: scratch)
            expectRefusal(result, 4, folder)
        }
        #expect(scratch.text(of: "mine.txt") == "precious")
    }

    @Test(
        "Themes with nonsense in them: which line, and what is meant",
        arguments: [
            ("theme[main_fg]=\"#GGGGGG\"\n", "#GGGGGG"), ("theme[main_fg]=\"1 2 999\"\n", "999"),
            ("theme[main_fg=\"#ffffff\"\n", ":1:"), ("\u{0}\u{1}\u{2}ELF", ":1:"),
            ("<html></html>\n", "no theme"),
        ])
    func nonsenseTheme(text: String, words: String) async throws {
        let scratch = try Scratch()
        try scratch.write(text, to: "bad.theme")
        let result = try await Program.run(
            ["sweep", "http://127.0.0.1:1", "--headless", "--theme", "./bad.theme"], in: scratch)
        expectRefusal(result, 2, "bad.theme", words)
    }
}
