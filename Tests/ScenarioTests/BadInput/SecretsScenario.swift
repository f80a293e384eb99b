import Foundation
import Testing

extension Scenarios {
    @Test("A key is in no file, on no screen, and in no process list")
    func secrets() async throws {
        let scratch = try Scratch()
        let (key, cookie) = ("sk-Winterreise-1827", "session=Lindenbaum")
        let endpoint = try await Endpoint.start("--require-key", key, in: scratch)
        let terminal = try await TmuxTerminal(
            [
                "sweep", endpoint.url, "--users", "1,2", "--api-key-env", "KEY", "--header",
                "Cookie: \(cookie)",
                "--record", "a.plimsoll", "--csv", "csv", "--log", "log", "--dwell", "30s", "--warmup",
                "200ms",
            ], in: scratch, environment: ["KEY": key])
        var screens = [try await terminal.waitFor("measuring")]
        let process = try await terminal.identifier()
        let line = try #require(FileManager.default.contents(atPath: "/proc/\(process)/cmdline"))
        #expect(!String(decoding: line, as: UTF8.self).contains(key))
        try await terminal.press("?")
        screens.append(try await terminal.waitFor("help: keys"))
        try await terminal.press("Escape", "e")
        screens.append(try await terminal.waitFor("exported"))
        try await terminal.press("Q")
        #expect(try await terminal.status() == 0)
        try await terminal.waitFor("the program has ended")
        screens.append(try await terminal.text())
        #expect(screens.allSatisfy { !$0.contains("Winterreise") && !$0.contains("Lindenbaum") })
        var looked = 0
        let written =
            ["a.plimsoll", "a.plimsoll-wal", "log"]
            + ["csv", "a-csv", "state", "home"].flatMap(scratch.files)
        for name in written {
            let bytes = scratch.bytes(of: name)
            looked += bytes.count
            #expect(bytes.range(of: Data("Winterreise".utf8)) == nil, "\(name)")
            #expect(bytes.range(of: Data("Lindenbaum".utf8)) == nil, "\(name)")
        }
        #expect(scratch.text(of: "log").contains("by hand: stop"))
        #expect(looked > 10_000, "the recording and the exports were looked into")
    }

    @Test("What the command line has of secrets leaves the process list; --header @FILE never is in it")
    func processList() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start("--require-key", "sk-Winterreise-1827", in: scratch)
        try scratch.write("Authorization: Bearer sk-Winterreise-1827\n", to: "headers")
        let program = try Program(
            [
                "sweep", endpoint.url + "/v1?token=Lindenbaum", "--headless", "--header", "X-Own: Leiermann",
                "--header",
                "@headers", "--users", "1", "--record", "a.plimsoll",
            ] + Endpoint.short, in: scratch)
        try await program.says("asking")
        let line = try #require(FileManager.default.contents(atPath: "/proc/\(program.identifier)/cmdline"))
        let result = try await program.end()
        #expect(result.status == 0, "\(result.error)")
        for text in [String(decoding: line, as: UTF8.self), result.error, result.output] {
            for secret in ["Winterreise", "Lindenbaum", "Leiermann"] { #expect(!text.contains(secret)) }
        }
        let recorded = scratch.bytes(of: "a.plimsoll")
        #expect(recorded.range(of: Data("X-Own, Authorization".utf8)) != nil)
        #expect(
            ["Winterreise", "Lindenbaum", "Leiermann"].allSatisfy { recorded.range(of: Data($0.utf8)) == nil }
        )
    }
}
