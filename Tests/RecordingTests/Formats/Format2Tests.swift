import Foundation
import GRDB
import Measure
import Testing

@testable import Recording

/// What format 2 has beyond format 1.
@Suite struct Format2Tests {
    private func query(_ path: String, _ sql: String) throws -> [String] {
        let database = try DatabaseQueue(path: path)
        defer { try? database.close() }
        return try database.read { try String.fetchAll($0, sql: sql) }
    }

    /// A page of 650 series: histograms whose buckets grow together, counters, gauges and sums.
    private static func page(_ count: Int, seconds: Int) -> [Reading] {
        var random = SplitMix64(seed: 5)
        let names = (0..<count).map { index in
            Shown(own: "vllm:a_series_of_some_length{model_name=\"llama\",le=\"\(index)\"}")
        }
        var values = [Double](repeating: 0, count: count)
        return (0..<seconds).map { second in
            for histogram in stride(from: 0, to: count * 8 / 10, by: 20) {
                let answers = Double(Int.random(in: 0...3, using: &random))
                let first = Int.random(in: 4...12, using: &random)
                for bucket in first..<19 { values[histogram + bucket] += answers }
                values[histogram + 19] += answers * Double.random(in: 0...1, using: &random)
            }
            for index in (count * 8 / 10)..<count {
                switch index % 10 {
                case 0: values[index] = Double(Int.random(in: 0...64, using: &random))
                case 1: values[index] = Double.random(in: 0...1, using: &random)
                case 2...4: values[index] += Double(Int.random(in: 0...900, using: &random))
                default: break
                }
            }
            return Reading(
                source: SourceID(0), at: Sample.at(Int64(second) * 1_000), series: names, values: values)
        }
    }

    @Test func readingsAreReadAsTheyWereTaken() async throws {
        let scratch = Scratch()
        let recorder = try Sample.recorder(scratch.file("s"))
        let page = Self.page(60, seconds: 90)
        var others = page.prefix(10).map { reading in
            Reading(
                source: SourceID(7), at: reading.at, series: ["power", "heat"],
                values: [reading.values[3], nil])
        }
        others[4].series.append("later")
        others[4].values.append(.infinity)
        for (index, reading) in page.enumerated() {
            recorder.take(.reading(reading))
            if index < others.count { recorder.take(.reading(others[index])) }
        }
        recorder.take(.event(.sessionEnded(at: Sample.at(90_000))))
        try await recorder.close()
        let (entries, errors) = try RecordingReader.open(path: scratch.file("s")).everything()
        #expect(errors.isEmpty)
        let readings = entries.compactMap { if case .reading(let reading) = $0 { reading } else { nil } }
        #expect(readings.filter { $0.source == SourceID(0) } == page)
        let read = readings.filter { $0.source == SourceID(7) }
        #expect(read.prefix(5) == others.prefix(5))
        // A series that is gone keeps its place.
        #expect(read.last?.series == ["power", "heat", "later"] && read.last?.values.last == .some(nil))
        #expect(
            try query(scratch.file("s"), "SELECT name FROM series WHERE source = 7 ORDER BY number").count
                == 3)
    }

    /// 650 series a second: some 2 MB an hour.
    @Test func readingsAreSmall() async throws {
        let scratch = Scratch()
        let seconds = 1_200
        let recorder = try Sample.recorder(scratch.file("s"))
        recorder.flush()
        try await recorder.close()
        let empty = scratch.bytes("s").count
        let full = try Sample.recorder(scratch.file("t"))
        for reading in Self.page(650, seconds: seconds) { full.take(.reading(reading)) }
        try await full.close()
        let hour = Double(scratch.bytes("t").count - empty) * 3_600 / Double(seconds)
        #expect(hour < 4e6, "\(hour / 1e6) MB an hour")
    }

    @Test func aLaterProgramsEventIsPassedOver() async throws {
        let scratch = Scratch()
        try await Sample.recording(scratch.file("s"), batches: Sample.batches(5, seed: 1))
        let before = try RecordingReader.open(path: scratch.file("s")).everything().entries
        let database = try DatabaseQueue(path: scratch.file("s"))
        try await database.write { db in
            try db.execute(
                sql:
                    "INSERT INTO events (seq, at, event) VALUES (5000, ?, '{\"eaten\":{\"by\":\"a bear\"}}')",
                arguments: [Sample.at(5).nanoseconds])
        }
        try database.close()
        let (entries, errors) = try RecordingReader.open(path: scratch.file("s")).everything()
        #expect(entries == before && errors.isEmpty)
    }

    @Test func refusedCountsAreKept() async throws {
        let scratch = Scratch()
        var random = SplitMix64(seed: 1)
        var requests = (1...4).map {
            Sample.request(UInt32($0), EndpointID(0), end: Sample.at(50).nanoseconds, &random)
        }
        requests[2].countRefused = true
        let recorder = try Sample.recorder(scratch.file("s"))
        recorder.take(.batch(SampleBatch(loop: 0, upTo: Sample.at(60), requests: requests)))
        try await recorder.close()
        let reader = try RecordingReader.open(path: scratch.file("s"))
        #expect(reader.everything().entries.compactMap(\.batch).first?.requests == requests)
        var stream = reader.requests()
        var read: [RequestRecord] = []
        while let request = try stream.next() { read.append(request) }
        #expect(read == requests)
    }

    @Test func whatLaterProgramsNeedHasAPlace() async throws {
        let scratch = Scratch()
        try await Sample.recording(scratch.file("s"), batches: [])
        #expect(try RecordingReader.open(path: scratch.file("s")).format == 2)
        let tables = try query(scratch.file("s"), "SELECT name FROM sqlite_master WHERE type = 'table'")
        #expect(Set(tables).isSuperset(of: ["key_frames", "readings", "series", "marks"]))
        #expect(try query(scratch.file("s"), "PRAGMA user_version") == ["2"])
    }

    @Test func marksAreFoundByTheirTable() async throws {
        let scratch = Scratch()
        try await Sample.recording(scratch.file("s"), batches: Sample.batches(5, seed: 1))
        let database = try DatabaseQueue(path: scratch.file("s"))
        // Another program's JSON begins otherwise.
        try await database.write { db in
            try db.execute(sql: "UPDATE events SET event = ' ' || event")
        }
        try database.close()
        #expect(
            try RecordingReader.open(path: scratch.file("s")).marks
                == [Mark(at: Sample.at(3), note: "here, \"now\"")])
    }
}
