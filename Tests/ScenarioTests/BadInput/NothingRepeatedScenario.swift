import Testing

extension Scenarios {
    @Test(
        "What may be a key is never repeated, whatever it was mistaken for",
        arguments: [
            ["probe", "http://user:sk-Winterreise/x@host"], ["probe", "ftp://user:sk-Winterreise@h"],
            ["sweep", "http://h:99999/v1?api_key=sk-Winterreise"], ["probe", "sk-Winterreise@host"],
            ["sweep", "http://user:pa#sk-Winterreise@h"],
            ["probe", "http://h", "--api-key-env", "sk-Winterreise"],
            ["probe", "http://h", "--api-key-env", "WINTERREISE1827WINTERREISE"],
            ["probe", "http://h", "--header", "Winterreise"],
            ["probe", "http://h", "--header", "Connection: Winterreise"],
        ])
    func nothingRepeated(arguments: [String]) async throws {
        let result = try await Program.run(arguments, in: try Scratch())
        #expect(result.status == 2)
        for text in [result.error, result.output] {
            #expect(!text.lowercased().contains("winterreise"), "\(text)")
        }
    }

    @Test(
        "Headers that frame requests, and authorities that aren't there: one line, before anybody is asked",
        arguments: [
            (["--header", "Content-Length: 5"], "can't set content-length"),
            (["--header", "transfer-encoding: chunked"], "can't set transfer-encoding"),
            (["--header", "Connection: close"], "can't set connection"),
            (["--header", "K: a\u{1}b"], "HTTP does not allow"),
            (["--ca-cert", "/no/such/file.pem"], "--ca-cert: can't read"),
            (["--ca-cert", "/proc/version"], "no certificate in PEM format"),
            (["--wait", "soon"], "a time such as 20s"),
            (["--api-key-env", "NO_SUCH_KEY"], "NO_SUCH_KEY is not set"),
        ] as [([String], String)])
    func beforeAnybodyIsAsked(arguments: [String], words: String) async throws {
        let result = try await Program.run(["probe", "http://127.0.0.1:1"] + arguments, in: try Scratch())
        expectRefusal(result, 2, words)
    }

    @Test("--wait waits for a server that isn't there, and says so in one line")
    func waits() async throws {
        let result = try await Program.run(
            ["probe", "http://127.0.0.1:1", "--wait", "200ms"], in: try Scratch())
        expectRefusal(result, 3, "connection refused", "in all that time", after: 1)
        #expect(result.error.contains("waiting for it, up to 1 s"))
    }
}
