import Testing

extension Scenarios {
    @Test(
        "Every usual terminal draws",
        arguments: ["xterm-256color", "screen-256color", "linux", "vt100", "tmux"])
    func terminalTypes(term: String) async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let terminal = try await TmuxTerminal(
            ["sweep", endpoint.url, "--users", "1", "--dwell", "60s", "--no-record"], in: scratch,
            environment: ["TERM": term])
        try await terminal.wait("the screen") {
            $0.contains("measuring") && $0.contains("tokens/s") && $0.contains("? help")
        }
        try await terminal.press("Q")
        #expect(try await terminal.status() == 0)
    }

    @Test("An unknown terminal is taken for an xterm, and that is said")
    func unknownTerminal() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let terminal = try await TmuxTerminal(
            ["sweep", endpoint.url, "--users", "1", "--dwell", "60s", "--no-record"], in: scratch,
            environment: ["TERM": "nonsense"])
        try await terminal.wait("the warning") { $0.contains("nonsense") && $0.contains("xterm-256color") }
        try await terminal.waitFor("measuring")
        try await terminal.press("Q")
        #expect(try await terminal.status() == 0)
        #expect(try await terminal.damage() == [])
    }

    @Test("No screen on a dumb terminal, or without TERM: one line, exit code 2", arguments: ["dumb", ""])
    func dumbTerminal(term: String) async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let terminal = try await TmuxTerminal(
            ["sweep", endpoint.url, "--users", "1"] + Endpoint.short, in: scratch, environment: ["TERM": term]
        )
        #expect(try await terminal.status() == 2)
        #expect(try await terminal.damage() == [])
        let screen = try await terminal.text()
        #expect(screen.contains("plimsoll: ") && screen.contains("TERM") && screen.contains("--headless"))
        #expect(scratch.files(below: "state/plimsoll") == [])
    }

    @Test("The locale C gets ASCII and nothing else")
    func localeC() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let terminal = try await TmuxTerminal(
            ["sweep", endpoint.url, "--users", "1,2", "--stay", "--no-record"] + Endpoint.short, in: scratch,
            environment: ["LANG": "C", "LC_ALL": "C"])
        let running = try await terminal.wait("the screen") {
            $0.contains("measuring") && $0.contains("? help")
        }
        let over = try await terminal.waitFor("done: all levels run")
        for (screen, what) in [(running, "running"), (over, "over")] {
            let drawn = screen.split(separator: "\n")
            #expect(drawn.count > 30, "\(what)")
            #expect(screen.utf8.max() ?? 0xFF < 0x80, "\(what): \(screen)")
        }
        try await terminal.press("?")
        let help = try await terminal.waitFor("help: keys")
        #expect(help.utf8.max() ?? 0xFF < 0x80)
        try await terminal.press("Q")
        #expect(try await terminal.status() == 0)
    }

    @Test("NO_COLOR and --no-color: not one colour")
    func colorless() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        for (options, environment) in [(["--no-color"], [:]), ([], ["NO_COLOR": "1"])] {
            scratch.remove("status", "pid")
            let terminal = try await TmuxTerminal(
                ["sweep", endpoint.url, "--users", "1", "--dwell", "60s", "--no-record"] + options,
                in: scratch,
                environment: environment)
            try await terminal.waitFor("measuring")
            let codes = try await terminal.colors().split(separator: "\u{1B}").map { $0.prefix { $0 != "m" } }
            let colored = codes.filter { code in
                code.hasPrefix("[")
                    && code.dropFirst().split(separator: ";").contains { part in
                        Int(part).map { (30...38).contains($0) || (40...48).contains($0) || $0 >= 90 }
                            ?? false
                    }
            }
            #expect(colored == [])
            try await terminal.press("Q")
            #expect(try await terminal.status() == 0)
            try await terminal.shut()
        }
    }
}
