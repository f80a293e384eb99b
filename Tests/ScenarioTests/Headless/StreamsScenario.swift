import Testing

extension Scenarios {
    @Test("Progress on standard error, the table on standard output, which may be closed at any time")
    func streams() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let arguments = ["sweep", endpoint.url, "--users", "1,2", "--no-record"] + Endpoint.short
        let plain = try await Program.run(arguments, in: scratch)
        #expect(plain.status == 0)
        #expect(plain.output.contains("TTFT p50") && !plain.output.contains("asking"))
        #expect(plain.error.contains("asking") && plain.error.contains("2 users"))
        #expect(!plain.output.contains("\u{1B}") && !plain.error.contains("\u{1B}"))

        // `| head -1`, and a reader who is gone from the start.
        for reader in ["head -1", "true"] {
            let piped = try await Program.run(
                arguments, in: scratch, shell: "{ \"$@\"; echo $? >status; } | \(reader)")
            #expect(piped.status == 0)
            let status = try await Poll.until("the program's end") {
                Int32(scratch.text(of: "status").trimmed)
            }
            #expect(status == 0, "\(piped.error)")
            try scratch.write("", to: "status")
        }
        for (closed, status) in [(">&-", 0), ("2>&-", 0), (">/dev/full", 4)] as [(String, Int32)] {
            let run = try await Program.run(arguments, in: scratch, shell: "exec \"$@\" \(closed)")
            #expect(run.status == status, "\(closed): \(run.error)")
        }
    }
}
