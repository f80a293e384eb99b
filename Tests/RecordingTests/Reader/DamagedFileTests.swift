import GRDB
import Measure
import Testing

@testable import Recording

@Suite struct DamagedFileTests {
    /// Reads everything that there is to read; what matters is that nothing traps.
    private func readAll(_ path: String, _ scratch: Scratch) -> Bool {
        do {
            let reader = try RecordingReader.open(path: path)
            _ = try? reader.endpoints
            _ = try? reader.marks
            _ = try? reader.ended
            _ = try? reader.losses
            _ = reader.readableLevels()
            let sound = reader.everything().errors.isEmpty
            var requests = reader.requests()
            while true {
                do { guard try requests.next() != nil else { break } } catch {}
            }
            _ = try? CSVExport.write(from: reader, to: scratch.file("csv"), force: true)
            return sound
        } catch {
            #expect(error.description.contains(path))
            #expect(!error.description.contains("\n"))
            return false
        }
    }

    private func recording(_ scratch: Scratch) async throws -> [UInt8] {
        try await Sample.recording(scratch.file("good"), batches: Sample.batches(60, seed: 2))
        return scratch.bytes("good")
    }

    @Test func flippedBytes() async throws {
        let scratch = Scratch()
        let good = try await recording(scratch)
        var random = SplitMix64(seed: 1)
        // All of the header and the schema's page now and then, the rest at random.
        let places = Array(0..<104) + (0..<40).map { _ in Int.random(in: 0..<good.count, using: &random) }
        for place in places {
            var bytes = good
            bytes[place] ^= UInt8.random(in: 1...255, using: &random)
            scratch.write(bytes, to: "bad")
            _ = readAll(scratch.file("bad"), scratch)
        }
    }

    @Test func runsOfNonsense() async throws {
        let scratch = Scratch()
        let good = try await recording(scratch)
        var random = SplitMix64(seed: 2)
        var noticed = 0
        for _ in 0..<16 {
            var bytes = good
            let start = Int.random(in: 100..<good.count, using: &random)
            let filler: UInt8? = Bool.random(using: &random) ? .random(in: 0...255, using: &random) : nil
            for index in start..<min(good.count, start + 3_000) {
                bytes[index] = filler ?? .random(in: 0...255, using: &random)
            }
            scratch.write(bytes, to: "bad")
            if !readAll(scratch.file("bad"), scratch) { noticed += 1 }
        }
        #expect(noticed > 8)
    }

    @Test func cutShort() async throws {
        let scratch = Scratch()
        let good = try await recording(scratch)
        for length in Array(0..<130) + stride(from: 512, to: good.count, by: 1_531) {
            scratch.write(Array(good[..<length]), to: "bad")
            #expect(!readAll(scratch.file("bad"), scratch), "cut at \(length)")
        }
    }

    @Test func foreignFiles() throws {
        let scratch = Scratch()
        scratch.write([], to: "empty")
        scratch.write(Array("endpoint,model\n".utf8), to: "text")
        scratch.write(Array(repeating: 0, count: 5_000), to: "zeros")
        let other = try DatabaseQueue(path: scratch.file("other"))
        try other.write { try $0.execute(sql: "CREATE TABLE session (info TEXT)") }
        for name in ["empty", "text", "zeros", "other"] {
            do {
                _ = try RecordingReader.open(path: scratch.file(name))
                Issue.record("\(name) was taken")
            } catch {
                guard case .notARecording = error else {
                    Issue.record("\(error)")
                    continue
                }
                #expect(error.description.contains("not a plimsoll recording"))
            }
        }
        for name in ["missing", "."] {
            #expect(throws: RecordingError.self) { try RecordingReader.open(path: scratch.file(name)) }
        }
    }

    @Test func newerFormat() async throws {
        let scratch = Scratch()
        _ = try await recording(scratch)
        let database = try DatabaseQueue(path: scratch.file("good"))
        try await database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 9") }
        try database.close()
        #expect(throws: RecordingError.tooNew(path: scratch.file("good"), format: 9, known: 2)) {
            try RecordingReader.open(path: scratch.file("good"))
        }
    }

    /// One bad batch among good ones: the rest is read, and the damage is told.
    @Test func aDamagedBatchCostsOnlyItself() async throws {
        let scratch = Scratch()
        _ = try await recording(scratch)
        let database = try DatabaseQueue(path: scratch.file("good"))
        try await database.write {
            try $0.execute(sql: "UPDATE batches SET data = x'01020304050607' WHERE seq = 20")
        }
        try database.close()
        let reader = try RecordingReader.open(path: scratch.file("good"))
        let (entries, errors) = reader.everything()
        #expect(entries.compactMap(\.batch).count == 59)
        #expect(errors.count == 1)
        // A gap over the hole would be wrong: none of what is left may differ from what was taken.
        let taken = Set(Sample.batches(60, seed: 2).flatMap(\.arrivals))
        #expect(Set(entries.compactMap(\.batch).flatMap(\.arrivals)).isSubset(of: taken))
        do {
            try CSVExport.write(from: reader, to: scratch.file("csv"))
            Issue.record("the damage is not told")
        } catch {
            #expect(error.description.contains("3 levels"))
            #expect(error.description.contains("exported"))
        }
        #expect(!scratch.lines("csv/requests.csv").isEmpty)
    }

    @Test func aDamagedLevelKeepsThoseBeforeIt() async throws {
        let scratch = Scratch()
        _ = try await recording(scratch)
        let database = try DatabaseQueue(path: scratch.file("good"))
        try await database.write { try $0.execute(sql: "UPDATE levels SET result = '{' WHERE level = 2") }
        try database.close()
        let (levels, damage) = try RecordingReader.open(path: scratch.file("good")).readableLevels()
        #expect(levels.count == 2)
        #expect(damage?.description.contains("2 levels could be read") == true)
    }
}
