import Testing

extension Scenarios {
    @Test(
        "Wrong usage: one line that says what is wrong, exit code 2",
        arguments: [
            (["--nonsense"], "--nonsense"),
            (["--users", "0"], "“0” is not a number"),
            (["--users", "8,x"], "“x” is not a number"),
            (["--users", "-3"], "“-3” is not a number"),
            (["--users", ""], "is not a number"),
            (["--dwell", "-1s"], "'-1s' is invalid for '--dwell"),
            (["--dwell", "soon"], "a time such as 20s"),
            (["--dwell", "0s"], "it can't be 0"),
            (["--warmup", "1"], "a time such as 20s"),
            (["--timeout", "nans"], "a time such as 20s"),
            (["--input-tokens", "0"], "--input-tokens 0"),
            (["--output-tokens", "-5"], "--output-tokens -5"),
            (["--max-error-rate", "500%"], "is not a share"),
            (["--seed", "-1"], "'--seed"),
            (["--charset", "klingon"], "braille"),
            (["--header", "nocolon"], "colon"),
            (["--header", "K: a\nb"], "HTTP does not allow"),
            (["--api-key-env", "PLIMSOLL_NO_SUCH_VARIABLE"], "PLIMSOLL_NO_SUCH_VARIABLE is not set"),
            (["--budget", "foo:p95<1s"], "ttft, tpot, itl, e2e, error"),
            (["--budget", "ttft:p17<1s"], "mean, p50, p90, p95, p99"),
            (["--budget", "ttft:p95<1parsec"], "ms, s"),
            (["--budget", "ttft"], "is not a limit"),
            (["--budget", "ttft:p95<-1s"], "not a number above 0"),
            (["--theme", "no-such-theme"], "plimsoll, daylight"),
            (["--theme", "/no/such.theme"], "/no/such.theme"),
            (["--no-record", "--csv", "x"], "--no-record"),
        ] as [([String], String)])
    func wrongUsage(arguments: [String], words: String) async throws {
        let scratch = try Scratch()
        // Nobody listens there: wrong usage is found before anybody is asked.
        let result = try await Program.run(
            ["sweep", "http://127.0.0.1:1", "--headless"] + arguments, in: scratch)
        expectRefusal(result, 2, words)
        #expect(scratch.files(below: "state") == [], "no recording of nothing")
    }

    @Test("Wrong commands and addresses")
    func wrongCommands() async throws {
        let scratch = try Scratch()
        expectRefusal(try await Program.run(["nonsense"], in: scratch), 2, "nonsense", "plimsoll --help")
        expectRefusal(try await Program.run(["swep", "http://h"], in: scratch), 2, "'sweep'", "--help")
        expectRefusal(
            try await Program.run(["http://h:1", "--users", "4"], in: scratch), 2, "plimsoll sweep http://h:1"
        )
        expectRefusal(try await Program.run(["sweep"], in: scratch), 2, "urls", "plimsoll sweep --help")
        expectRefusal(
            try await Program.run(["sweep", "not a url"], in: scratch), 2, "not a url", "http://host:8000")
        expectRefusal(try await Program.run(["sweep", "ftp://host"], in: scratch), 2, "ftp", "http")
        expectRefusal(try await Program.run(["simulate", "--fault", "nope"], in: scratch), 2, "nope", "hang")
        expectRefusal(try await Program.run(["simulate", "--port", "99999"], in: scratch), 2, "port")
        let help = try await Program.run(["sweep", "--help"], in: scratch)
        #expect(help.status == 0 && help.error == "" && help.output.contains("--users"))
        let version = try await Program.run(["--version"], in: scratch)
        #expect(version.status == 0 && version.output.first?.isNumber == true)
    }
}
