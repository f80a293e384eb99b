import Measure
import Testing

@testable import Recording

@Suite struct WatchExportTests {
    private func table(_ scratch: Scratch, _ name: String) throws -> [[String: String]] {
        let lines = scratch.lines("csv/" + name).map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        let header = try #require(lines.first)
        return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
    }

    private func export(_ scratch: Scratch, engines: Int = 1) async throws -> [CSVExport.File] {
        try await WatchSample.recording(scratch.file("s"), WatchSample.entries(engines: engines))
        return try CSVExport.write(
            from: RecordingReader.open(path: scratch.file("s")), to: scratch.file("csv"))
    }

    @Test func aWatchHasThreeTables() async throws {
        let scratch = Scratch()
        let files = try await export(scratch)
        #expect(files.map(\.name) == ["servers.csv", "gpus.csv", "events.csv"])
        // 86 readings, 10 times none, and gone; two GPUs.
        #expect(files.prefix(2).map(\.rows) == [97, 192])
    }

    /// They have one more where there were to be any.
    @Test func canaries() async throws {
        let scratch = Scratch()
        var session = WatchSample.session
        session.watch?.canary = 60 * .second
        let answer = CanaryAnswer(
            ttft: 50 * .millisecond, e2e: 250 * .millisecond, promptTokens: 32, outputTokens: 16,
            tpot: 12.5e6,
            connect: 500_000, beforehand: TokensSpent(requests: 2, tokens: 70))
        let entries =
            WatchSample.entries() + [
                .event(.serverSaid(SourceID(1), .canary(answer), at: WatchSample.at(97)))
            ]
        try await WatchSample.recording(scratch.file("s"), session: session, entries)
        let files = try CSVExport.write(
            from: RecordingReader.open(path: scratch.file("s")), to: scratch.file("csv"))
        #expect(files.map(\.name) == ["servers.csv", "gpus.csv", "events.csv", "canaries.csv"])
        #expect(scratch.lines("csv/canaries.csv").first == CanaryColumns.names.joined(separator: ","))
        let rows = try table(scratch, "canaries.csv")
        #expect(rows.map { $0["error"] } == ["late", ""])
        #expect(rows[0]["e2e_ms"] == "" && rows[0]["ttft_ms"] != "" && rows[0]["trial_tokens"] == "")
        let row = rows[1]
        #expect(row["time_ns"] == "1760000097000000000" && row["time"]?.hasSuffix("Z") == true)
        #expect(row["run_id"] == session.runID && row["source_id"] == "1" && row["model"] == "'=llama")
        #expect(row["url"] == "http://gpu01:8000" && row["ttft_ms"] == "50" && row["tpot_ms"] == "12.5")
        #expect(row["e2e_ms"] == "250" && row["connect_ms"] == "0.5" && row["trial_tokens"] == "70")
        #expect(row["input_tokens"] == "32" && row["output_tokens"] == "16")
    }

    @Test func servers() async throws {
        let scratch = Scratch()
        _ = try await export(scratch)
        let rows = try table(scratch, "servers.csv")
        #expect(scratch.lines("csv/servers.csv").first == ServerColumns.names.joined(separator: ","))
        let first = rows[0]
        #expect(
            first["running"] == "4" && first["generation_tokens_per_s"] == "" && first["interval_s"] == "")
        let row = rows[60]
        #expect(row["time_ns"] == "1760000060000000000" && row["time"]?.hasSuffix("Z") == true)
        #expect(row["run_id"] == WatchSample.session.runID && row["source_id"] == "1")
        #expect(row["url"] == "http://gpu01:8000" && row["model"] == "'=llama" && row["server"] == "vLLM 1")
        #expect(row["engine"] == "" && row["status"] == "up" && row["interval_s"] == "1")
        #expect(row["running"] == "4" && row["waiting"] == "2" && row["kv_cache_usage"] == "0.97")
        #expect(row["generation_tokens_per_s"] == "100" && row["requests_per_s"] == "1")
        #expect(row["finish_reasons"] == "stop=1" && row["errors_per_s"] == "")
        #expect(row["ttft_mean_ms"] == "2000" && row["ttft_count"] == "4")
        // Beyond the largest bound that is none.
        #expect(row["ttft_p95_ms"] == "100" && row["ttft_p95_is_bound"] == "1")
        // Nobody says: empty, and not 0.
        for name in [
            "prompt_tokens_per_s", "preemptions_per_s", "tpot_mean_ms", "tpot_p95_is_bound", "itl_count",
        ] {
            #expect(row[name] == "", "\(name)")
        }
        #expect(row["load_line_users"] == "8" && row["load_line_share"] == "0.75")
        #expect(row["joules_per_token"] == "5")
    }

    @Test func whenItToldNothing() async throws {
        let scratch = Scratch()
        _ = try await export(scratch)
        let rows = try table(scratch, "servers.csv")
        #expect(
            rows[80...92].map { $0["status"] }
                == ["up"] + Array(repeating: "trouble", count: 5) + Array(repeating: "gone", count: 6) + [
                    "up"
                ])
        #expect(rows[85]["running"] == "" && rows[85]["url"] == "http://gpu01:8000")
        #expect(rows[92]["generation_tokens_per_s"] == "100" && rows[92]["interval_s"] == "11")
    }

    @Test func enginesAreRowsOfTheirOwn() async throws {
        let scratch = Scratch()
        _ = try await export(scratch, engines: 2)
        let rows = try table(scratch, "servers.csv").prefix(9).suffix(3)
        #expect(rows.map { $0["engine"] } == ["", "0", "1"])
        #expect(rows.map { $0["generation_tokens_per_s"] } == ["200", "100", "100"])
        #expect(rows.map { $0["load_line_users"] } == ["8", "", ""])
    }

    @Test func gpus() async throws {
        let scratch = Scratch()
        _ = try await export(scratch)
        #expect(scratch.lines("csv/gpus.csv").first == GPUColumns.names.joined(separator: ","))
        let rows = try table(scratch, "gpus.csv")
        let (first, second) = (rows[20], rows[21])
        #expect(first["gpu"] == "0" && first["name"] == "H100" && first["uuid"] == "GPU-0")
        #expect(first["power_w"] == "500" && first["energy_j"] == "500" && first["interval_s"] == "1")
        #expect(first["utilisation"] == "" && first["throttled_share"] == "" && first["lost"] == "0")
        #expect(first["processes"] == "10=7000000000" && second["processes"] == "11=?")
        #expect(first["serves"] == "http://gpu01:8000" && second["serves"] == "")
        #expect(first["host"] == "" || first["host"] == WatchSample.session.host)
        #expect(first["mean_power_w"] == "500" && first["mean_utilisation"] == "")
        #expect(rows[0]["energy_j"] == "" && rows[0]["energy_missing"] == "not-measured")
    }

    @Test func events() async throws {
        let scratch = Scratch()
        _ = try await export(scratch)
        let rows = try table(scratch, "events.csv")
        #expect(
            rows.map { $0["event"] } == [
                "session-started", "joined", "joined", "named", "mark", "kv-full", "gone", "kv-full-over",
                "back",
                "canary-failed", "gpu-trouble", "session-ended",
            ])
        let full = try #require(rows.first { $0["event"] == "kv-full" })
        #expect(full["source"] == "1" && full["weight"] == "red" && full["endpoint_id"] == "")
        #expect(full["text"] == "KV cache 97 % full")
        #expect(rows.first { $0["event"] == "mark" }?["text"] == "new build")
    }

    /// Beside a load there are tables of servers and GPUs where there are readings, and all others as they were.
    @Test func besideALoad() async throws {
        let scratch = Scratch()
        var entries: [SessionEntry] = [
            .event(.endpointFound(Sample.endpoint, at: WatchSample.at(0))), WatchSample.joined(EndpointID(0)),
        ]
        for second in 0..<60 { entries.append(.reading(WatchSample.page(second))) }
        entries.append(.event(.marked(note: "look", at: WatchSample.at(61))))
        try await WatchSample.recording(scratch.file("s"), session: Sample.session, entries)
        let files = try CSVExport.write(
            from: RecordingReader.open(path: scratch.file("s")), to: scratch.file("csv"))
        #expect(
            files.map(\.name) == [
                "levels.csv", "requests.csv", "window_tokens.csv", "marks.csv", "events.csv", "servers.csv",
            ])
        let rows = try table(scratch, "events.csv")
        #expect(rows.map { $0["event"] } == ["endpoint-found", "source-joined", "joined", "marked"])
        #expect(rows[1]["source"] == "1" && rows[2]["endpoint_id"] == "0")
        #expect(rows[3]["weight"] == "" && rows[3]["text"] == "look")
    }

    /// All or none.
    @Test func aTableThatIsThere() async throws {
        let scratch = Scratch()
        try await WatchSample.recording(scratch.file("s"))
        let reader = try RecordingReader.open(path: scratch.file("s"))
        try CSVExport.write(from: reader, to: scratch.file("csv"))
        #expect(throws: RecordingError.self) { try CSVExport.write(from: reader, to: scratch.file("csv")) }
        #expect(throws: RecordingError.self) { try CSVExport.check(scratch.file("csv"), force: false) }
        try CSVExport.write(from: reader, to: scratch.file("csv"), force: true)
    }
}
