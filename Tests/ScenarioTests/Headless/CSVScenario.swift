import Testing

extension Scenarios {
    @Test("The requests inside each window add up to the level's row, for two endpoints")
    func csvAddsUp() async throws {
        let scratch = try Scratch()
        let plain = try await Endpoint.start(in: scratch)
        let flaky = try await Endpoint.start("--fault", "no-usage", in: scratch)
        let run = try await Program.run(
            [
                "sweep", plain.url, flaky.url, "--users", "2,6", "--headless", "--csv", "csv", "--record",
                "a.plimsoll",
            ]
                + Endpoint.short, in: scratch)
        #expect(run.status == 0, "\(run.error)")
        #expect(run.output.contains(plain.url) && run.output.contains(flaky.url))
        try Self.expectSums(in: "csv", of: scratch, levels: 4)
    }

    @Test("Failed requests are counted in the same window, too")
    func csvCountsFailures() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start("--fault", "error-event:0.1", in: scratch)
        // The endpoint may fail the very first questions as well; then it's asked again.
        let run: Program.Result = try await Poll.until("a sweep that got through its first questions") {
            let run = try await Program.run(
                [
                    "sweep", endpoint.url, "--users", "4", "--headless", "--max-error-rate", "100%", "--csv",
                    "csv",
                    "--record", "a.plimsoll",
                ] + Endpoint.short, in: scratch)
            return run.status == 3 ? nil : run
        }
        #expect(run.status == 0, "\(run.error)")
        try Self.expectSums(in: "csv", of: scratch, levels: 1)
        #expect(try Table(scratch.text(of: "csv/levels.csv")).numbers("failed").reduce(0, +) > 0)
    }

    static func expectSums(in folder: String, of scratch: Scratch, levels count: Int) throws {
        let levels = try Table(scratch.text(of: folder + "/levels.csv"))
        let requests = try Table(scratch.text(of: folder + "/requests.csv"))
        let tokens = try Table(scratch.text(of: folder + "/window_tokens.csv"))
        #expect(levels.rows.count == count)
        for level in levels.rows {
            func number(_ column: String) -> Double { Double(level[column] ?? "") ?? .nan }
            let (start, end) = (Int(level["window_start"] ?? "") ?? 0, Int(level["window_end"] ?? "") ?? 0)
            let inside = requests.rows.filter { row in
                guard row["endpoint_id"] == level["endpoint_id"], let at = Int(row["request_end_ns"] ?? "")
                else { return false }
                return at >= start && at < end
            }
            let failed = inside.filter { $0["error_code"] != "" }
            let completed = inside.filter { $0["error_code"] == "" }
            func sum(_ column: String) -> Double {
                completed.compactMap { Double($0[column] ?? "") }.reduce(0, +)
            }
            #expect(Double(completed.count) == number("completed"))
            #expect(Double(failed.count) == number("failed"))
            // Unknown unless each of them says.
            let isKnown = completed.allSatisfy { $0["input_sequence_length"] != "" }
            #expect((level["total_input_tokens"] != "") == isKnown)
            if isKnown { #expect(sum("input_sequence_length") == number("total_input_tokens")) }
            #expect(sum("output_sequence_length") == number("total_output_tokens"))
            let own = tokens.rows.filter {
                $0["endpoint_id"] == level["endpoint_id"] && $0["level"] == level["level"]
            }
            let windowTokens = own.compactMap { Double($0["output_tokens"] ?? "") }.reduce(0, +)
            #expect(abs(windowTokens - number("window_output_tokens")) < 0.01)
            let rate = number("window_output_tokens") / number("duration")
            #expect(abs(rate - number("output_throughput")) < 0.001 * rate)
        }
    }
}
