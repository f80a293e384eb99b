import Foundation
import Glibc
import Measure
import Testing

@testable import Recording

@Suite struct CSVExportTests {
    /// Rows by column name. (The fixtures have neither commas nor newlines in the cells looked at.)
    private func table(_ scratch: Scratch, _ name: String) -> [[String: String]] {
        let lines = scratch.lines(name).map(cells)
        guard let header = lines.first else { return [] }
        return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
    }

    private func cells(_ line: String) -> [String] {
        var (cells, quoted) = ([""], false)
        for character in line {
            if character == "\"" {
                quoted.toggle()
            } else if character == ",", !quoted {
                cells.append("")
            } else {
                cells[cells.count - 1].append(character)
            }
        }
        return cells
    }

    private func request(
        _ number: UInt32, sent: Int64, end: Int64, tokens: Int, source: TokenSource = .usage,
        failure: RequestFailure? = nil
    ) -> RequestRecord {
        RequestRecord(
            number: number, endpoint: EndpointID(0), user: 0, turn: 0, intended: Sample.at(sent - 2),
            sent: Sample.at(sent), first: failure == nil ? Sample.at(sent + 5) : nil,
            last: failure == nil ? Sample.at(end - 1) : nil, end: Sample.at(end), connect: 1_500_000,
            chunks: 3,
            outputTokens: tokens, inputTokens: 10, tokenSource: source, failure: failure)
    }

    private func arrivals(_ request: UInt32, _ times: Int64...) -> [TokenArrival] {
        times.indices.map { index in
            TokenArrival(
                at: Sample.at(times[index]),
                gap: index == 0 ? -1 : (times[index] - times[index - 1]) * 1_000_000,
                request: request, endpoint: EndpointID(0), tokens: 1)
        }
    }

    private func export(_ scratch: Scratch) async throws -> [CSVExport.File] {
        let recorder = try Sample.recorder(scratch.file("s"))
        recorder.take(.event(.endpointFound(Sample.endpoint, at: Sample.at(0))))
        recorder.take(
            .batch(
                SampleBatch(
                    loop: 0, upTo: Sample.at(300),
                    arrivals: (arrivals(1, 90, 110, 120) + arrivals(2, 130, 190, 210) + arrivals(3, 150))
                        .sorted {
                            $0.at < $1.at
                        },
                    requests: [
                        request(1, sent: 80, end: 121, tokens: 6), request(2, sent: 100, end: 200, tokens: 3),
                        request(
                            4, sent: 150, end: 160, tokens: 0,
                            failure: RequestFailure(
                                kind: .rateLimited, status: 429, message: "=slow, \"down\"")),
                    ])))
        recorder.take(.result(Sample.level(0, from: 100, to: 200)))
        recorder.take(.event(.marked(note: "look", at: Sample.at(250))))
        try await recorder.close()
        return try CSVExport.write(
            from: RecordingReader.open(path: scratch.file("s")), to: scratch.file("out"))
    }

    @Test func requests() async throws {
        let scratch = Scratch()
        let files = try await export(scratch)
        #expect(
            files.map(\.name) == [
                "levels.csv", "requests.csv", "window_tokens.csv", "marks.csv", "events.csv",
            ])
        #expect(files.map(\.rows) == [1, 3, 3, 1, 2])
        #expect(FileManager.default.fileExists(atPath: scratch.file("out/requests.csv")))
        let rows = table(scratch, "out/requests.csv")
        let first = try #require(rows.first)
        #expect(first["request_start_ns"] == "1760000000080000000")
        #expect(first["request_end_ns"] == "1760000000121000000")
        #expect(first["time_to_first_token_ms"] == "5")
        #expect(first["time_per_output_token_ms"] == "7")
        #expect(first["inter_chunk_latency_mean_ms"] == "15")
        #expect(first["inter_chunk_latency_p50_ms"] == "15")
        #expect(first["inter_chunk_latency_max_ms"] == "20")
        #expect(first["request_latency_ms"] == "40")
        #expect(first["send_lag_ms"] == "0.5")
        #expect(first["level"] == "0")
        #expect(first["error_code"] == "")
        // The window's end is not in the window.
        #expect(rows[1]["level"] == "")
        #expect(rows[2]["error_code"] == "rate-limited")
        #expect(rows[2]["http_status"] == "429")
        #expect(rows[2]["time_to_first_token_ms"] == "")
        #expect(scratch.lines("out/requests.csv")[3].contains("\"'=slow, \"\"down\"\"\""))
    }

    @Test func windowTokens() async throws {
        let scratch = Scratch()
        _ = try await export(scratch)
        let lines = scratch.lines("out/window_tokens.csv")
        // Request 1: six tokens in three chunks, two of them inside. Request 2's last arrival is outside.
        // Request 3 was still running: it counts as the finished ones did, nine tokens in six chunks.
        #expect(lines.dropFirst() == ["0,0,1,2,4", "0,0,2,2,2", "0,0,3,1,1.5"])
        #expect(
            scratch.lines("out/marks.csv") == [
                "time_ns,note,time", "1760000000250000000,look,2025-10-09T08:53:20.250Z",
            ])
        #expect(scratch.lines("out/events.csv").count == 3)
    }

    @Test func levels() async throws {
        let scratch = Scratch()
        _ = try await export(scratch)
        let header = try #require(scratch.lines("out/levels.csv").first)
        #expect(
            header.hasPrefix(
                "endpoint,model,concurrency,window_start,window_end,duration,completed,failed,total_input_tokens,total_output_tokens,request_throughput,output_throughput,total_token_throughput,request_goodput,mean_ttft_ms,median_ttft_ms,std_ttft_ms,p90_ttft_ms,p95_ttft_ms,p99_ttft_ms,mean_tpot_ms,"
            ))
        let row = try #require(table(scratch, "out/levels.csv").first)
        #expect(row.count == LevelResult.columnNames.count)
        #expect(Set(LevelResult.columnNames).count == LevelResult.columnNames.count)
        #expect(row["endpoint"] == Sample.endpoint.url.text)
        #expect(row["duration"] == "0.1")
        #expect(row["window_start"] == "1760000000100000000")
        #expect(row["output_throughput"] == "70")
        #expect(row["total_token_throughput"] == "270")
        #expect(row["p99_ttft_ms"] == "")
        #expect(row["trust_client_bound"] == "1")
        #expect(row["trust_few_samples"] == "1")
        #expect(row["trust_users_idle"] == "1" && row["trust_littles_law"] == "")
        #expect(row["errors_timeout"] == "1")
        #expect(row["token_source"] == "mixed")
        #expect(row["budget_held"] == "")
        #expect(row["output_throughput_ci95_half_width"] == "")
    }

    @Test func columnsAlwaysFitTheirNames() {
        var random = SplitMix64(seed: 4)
        for _ in 0..<50 {
            let request = Sample.request(1, EndpointID(0), end: Sample.start, &random)
            #expect(
                request.columns(endpoint: nil, anchor: Sample.anchor, level: nil, gaps: nil).map(\.name)
                    == RequestRecord.columnNames)
        }
        #expect(Set(RequestRecord.columnNames).count == RequestRecord.columnNames.count)
        #expect(
            Sample.level(0, from: 0, to: 0).columnValues(endpoint: nil, anchor: Sample.anchor).count
                == LevelResult.columnNames.count)
    }

    @Test func aDirectoryThatCannotBeWritten() async throws {
        let scratch = Scratch()
        _ = try await export(scratch)
        let reader = try RecordingReader.open(path: scratch.file("s"))
        scratch.write([1], to: "file")
        for directory in ["file", "file/under"] {
            do {
                try CSVExport.write(from: reader, to: scratch.file(directory))
                Issue.record("\(directory) was taken")
            } catch {
                guard case .cannotExport = error else {
                    Issue.record("\(error)")
                    continue
                }
            }
        }
        // A directory stands where a file should go: nothing half-written is left, and the rest is untouched.
        try FileManager.default.createDirectory(
            atPath: scratch.file("taken/levels.csv/x"), withIntermediateDirectories: true)
        #expect(throws: RecordingError.self) { try CSVExport.write(from: reader, to: scratch.file("taken")) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.file("taken")) == ["levels.csv"])
    }
}

@Suite struct AllOrNoneTests {
    /// The second of three can't be published: a folder has come into its place.
    @Test(arguments: [false, true])
    func whatWasPublishedIsTakenBack(force: Bool) throws {
        let scratch = Scratch()
        if force { scratch.write([1, 2], to: "a.csv") }
        let files = try ["a.csv", "b.csv", "c.csv"].map {
            try CSVFile($0, in: scratch.path, columns: ["x"], force: force)
        }
        for file in files { try file.finish() }
        try FileManager.default.createDirectory(
            atPath: scratch.file("b.csv/x"), withIntermediateDirectories: true)
        #expect(throws: RecordingError.self) { try CSVFile.publish(files) }
        #expect(FileManager.default.fileExists(atPath: scratch.file("a.csv")) == force)
        #expect(!force || scratch.bytes("a.csv") == [1, 2], "what was replaced is there again")
        #expect(!FileManager.default.fileExists(atPath: scratch.file("c.csv")))
        withExtendedLifetime(files) {}
    }

    @Test func nothingIsLeftBesideThem() throws {
        let scratch = Scratch()
        scratch.write([1, 2], to: "a.csv")
        do {
            let file = try CSVFile("a.csv", in: scratch.path, columns: ["x"], force: true)
            try file.finish()
            try CSVFile.publish([file])
            _ = try CSVFile("dropped.csv", in: scratch.path, columns: ["x"], force: false)
        }
        #expect(scratch.names == ["a.csv"] && scratch.lines("a.csv") == ["x"])
    }

    @Test func whatIsThereStays() throws {
        let scratch = Scratch()
        scratch.write([1], to: "levels.csv")
        #expect(throws: RecordingError.self) { try CSVExport.check(scratch.path, force: false) }
        try CSVExport.check(scratch.path, force: true)
        try CSVExport.check(scratch.file("not/yet/there"), force: false)
        symlink(scratch.file("levels.csv"), scratch.file("marks.csv"))
        #expect(throws: RecordingError.self) { try CSVExport.check(scratch.path, force: true) }
        #expect(throws: RecordingError.self) {
            try CSVExport.check(scratch.file("levels.csv/x"), force: true)
        }
    }
}
