import Testing

extension Scenarios {
    private static let flags = [
        "trust_errors", "trust_mixed_token_sources", "trust_prefix_cache", "trust_output_length",
        "trust_input_length", "trust_server_restarted", "trust_gpu_throttled", "trust_cut_short",
        "trust_client_stood_still", "trust_buffered", "trust_counts_refused", "trust_tail",
    ]

    @Test(
        "What a server does wrong is a flag on its level: one in the file, one sentence in the summary",
        arguments: [
            // So many that the level is over the limit, and so few that the breaker lets it begin.
            ("server-error:0.15", "trust_errors", "! errors: "),
            ("no-usage:0.5", "trust_mixed_token_sources", "! mixed counts: "),
            ("half-length", "trust_output_length", "! output length: "),
        ])
    func flaggedServer(fault: String, flag: String, words: String) async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start("--fault", fault, in: scratch)
        let run = try await Program.run(
            ["sweep", endpoint.url, "--users", "4", "--headless", "--record", "a.plimsoll", "--csv", "csv"]
                + Endpoint.short + ["--dwell", "4s"], in: scratch)
        #expect(run.output.contains(words), "\(run.output)\(run.error)")
        let row = try #require(try Table(scratch.text(of: "csv/levels.csv")).rows.first)
        #expect(row[flag] == "1")
    }

    @Test("A sound server has none of these flags")
    func unflaggedServer() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        _ = try await Program.run(
            ["sweep", endpoint.url, "--users", "4", "--headless", "--record", "a.plimsoll", "--csv", "csv"]
                + Endpoint.short, in: scratch)
        let row = try #require(try Table(scratch.text(of: "csv/levels.csv")).rows.first)
        for flag in Self.flags { #expect(row[flag] == "0", "\(flag)") }
    }
}
