import Glibc
import Testing

extension Scenarios {
    @Test(
        "An exit code for each ending of a sweep with a budget",
        arguments: [
            ("ttft:p50<10s", 0), ("ttft:p50<20ms", 1), ("ttft:p50<soon", 2), ("ttft:p99<10s,tpot:p99<10s", 5),
        ] as [(String, Int32)])
    func budgetExitCodes(budget: String, status: Int32) async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start("--paced-ttft", "50ms", "--paced-tpot", "5ms", in: scratch)
        let run = try await Program.run(
            ["sweep", endpoint.url, "--users", "1", "--headless", "--no-record", "--budget", budget]
                + Endpoint.short, in: scratch)
        #expect(run.status == status && !run.wasKilled, "\(run.error)")
    }

    @Test("Too many errors: the breaker, exit code 1")
    func breakerExitCode() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start("--fault", "error-event:0.5", in: scratch)
        // The endpoint may fail the very first questions as well; then it's asked again.
        let run: Program.Result = try await Poll.until("a sweep that got through its first questions") {
            let run = try await Program.run(
                ["sweep", endpoint.url, "--users", "4,8", "--headless", "--no-record"] + Endpoint.short,
                in: scratch)
            return run.status == 3 ? nil : run
        }
        #expect(run.status == 1 && run.output.contains("too many errors"), "\(run.error)")
    }

    @Test("Endpoints that end differently: one that dies is no budget that broke, and the others go on")
    func severalEndings() async throws {
        let scratch = try Scratch()
        let fast = try await Endpoint.start("--paced-ttft", "20ms", "--paced-tpot", "2ms", in: scratch)
        let slow = try await Endpoint.start("--paced-ttft", "300ms", "--paced-tpot", "2ms", in: scratch)
        let dying = try await Endpoint.start("--paced-ttft", "20ms", "--paced-tpot", "2ms", in: scratch)
        let arguments = { (first: Endpoint, users: String) in
            ["sweep", first.url, slow.url, "--headless", "--no-record", "--budget", "ttft:p50<150ms"]
                + Endpoint.short + ["--users", users, "--dwell", "3s"]
        }
        let broken = try await Program.run(arguments(fast, "1,2"), in: scratch)
        #expect(broken.status == 1, "\(broken.error)")
        #expect(broken.output.contains("load line: ≥ 2 users") && broken.output.contains("held nowhere"))
        #expect(broken.error.contains("over budget: ttft:p50"))

        let program = try Program(arguments(dying, "1,2,3"), in: scratch)
        try await program.says("\(dying.label) · 1 user")
        try await dying.stop()
        let gone = try await program.end()
        #expect(gone.status == 3, "\(gone.error)")
        #expect(
            gone.output.contains("load line: unknown; the endpoint went away at 00:00:"), "\(gone.output)")
        #expect(gone.output.contains("(connection refused ×") && gone.output.contains("; held at "))
        #expect(gone.output.contains("held nowhere"))
    }

    @Test("q before the plan is done: 5 with a budget, 0 without", arguments: [true, false])
    func quitExitCodes(hasBudget: Bool) async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let terminal = try await TmuxTerminal(
            [
                "sweep", endpoint.url, "--users", "1,2", "--no-record", "--dwell", "60s", "--warmup", "200ms",
            ] + (hasBudget ? ["--budget", "ttft:p50<10s"] : []), in: scratch)
        try await terminal.waitFor("measuring")
        try await terminal.press("Q")
        #expect(try await terminal.status() == (hasBudget ? 5 : 0))
    }

    @Test("Output that is lost is exit code 4, whatever was to be printed; a reader who left is no loss")
    func lostOutput() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let sweep = ["sweep", endpoint.url, "--users", "1"] + Endpoint.short
        #expect(
            try await Program.run(sweep + ["--headless", "--record", "a.plimsoll"], in: scratch).status == 0)
        let commands = [
            sweep + ["--no-record", "--json"], sweep + ["--no-record"], ["probe", endpoint.url],
            ["replay", "a.plimsoll", "--headless"], ["export", "a.plimsoll", "--csv", "csv", "--force"],
            ["--help"], ["help", "sweep"], ["--version"],
        ]
        let server = try await Program.run(
            ["simulate", "--port", "0"], in: scratch, shell: "exec \"$@\" >/dev/full")
        #expect(server.status == 4, "\(server.error)")
        for command in commands {
            let full = try await Program.run(command, in: scratch, shell: "exec \"$@\" >/dev/full")
            #expect(full.status == 4, "\(command): \(full.error)")
            #expect(full.complaint.contains("standard output can't be written"), "\(full.error)")
            try scratch.write("", to: "status")
            _ = try await Program.run(
                command, in: scratch, shell: "{ \"$@\"; echo $? >status.new; mv status.new status; } | true")
            let status = try await Poll.until("the program's end") {
                Int32(scratch.text(of: "status").trimmed)
            }
            #expect(status == 0, "\(command)")
        }
    }

    @Test("A sweep that ends on a terminal that takes nothing ends with its own exit code")
    func stalledTerminalExitCode() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let blocked = try BlockedTerminal(
            ["sweep", endpoint.url, "--users", "1,2", "--record", "a.plimsoll"] + Endpoint.short, in: scratch)
        #expect(try await blocked.end(within: Poll.patience) == 0)
        try await Self.expectSound("a.plimsoll", in: scratch)
    }

    @Test("Too few file descriptors are found before the sweep, with the number that it takes")
    func tooFewDescriptors() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let refused = try await Program.run(
            ["sweep", "http://127.0.0.1:1", "--users", "1,500", "--headless"], in: scratch,
            shell: "ulimit -n 256; exec \"$@\"")
        expectRefusal(refused, 2, "ulimit -n 564", "256")
        // So few that no event loop can be made.
        for command in [["probe", endpoint.url], ["simulate"], ["sweep", endpoint.url, "--headless"]] {
            let few = try await Program.run(command, in: scratch, shell: "ulimit -n 9; exec \"$@\"")
            expectRefusal(few, 2, "ulimit -n 32")
        }
        let capped = try await Program.run(
            ["sweep", endpoint.url, "--max-users", "500", "--headless", "--no-record"] + Endpoint.short,
            in: scratch, shell: "ulimit -n 72; exec \"$@\"")
        #expect(capped.status == 0 && capped.error.contains("no more than 8 users"), "\(capped.error)")
    }

    @Test("Names with escape sequences in them are printed without")
    func escapesInArguments() async throws {
        let scratch = try Scratch()
        let evil = "\u{1B}]0;owned\u{7}\u{9B}31m.theme"
        let sweep = ["sweep", "http://127.0.0.1:1", "--headless"]
        expectRefusal(try await Program.run(sweep + ["--theme", evil], in: scratch), 2, ".theme")
        expectRefusal(try await Program.run(sweep + ["--users", evil], in: scratch), 2, ".theme")
        expectRefusal(try await Program.run(sweep + ["--record", "no/" + evil], in: scratch), 4, ".theme")
        expectRefusal(try await Program.run(["replay", evil, "--headless"], in: scratch), 4, ".theme")
    }
}
