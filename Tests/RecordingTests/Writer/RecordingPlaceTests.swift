import Foundation
import Measure
import Testing

@testable import Recording

@Suite struct RecordingPlaceTests {
    @Test func aFailedStartLeavesEverythingAsItWas() throws {
        let scratch = Scratch()
        // Something of somebody else's beside the name.
        for suffix in ["-wal", "-shm", "-journal"] {
            scratch.write([7], to: "a\(suffix)")
            #expect(throws: RecordingError.self) { try Sample.recorder(scratch.file("a")) }
            #expect(scratch.names == ["a\(suffix)"] && scratch.bytes("a\(suffix)") == [7])
            try FileManager.default.removeItem(atPath: scratch.file("a\(suffix)"))
        }
        // A new file, an empty one, and one that was to be replaced.
        try Sample.recorder(scratch.file("new")).discard()
        #expect(scratch.names == [])
        scratch.write([], to: "empty")
        try Sample.recorder(scratch.file("empty")).discard()
        #expect(scratch.names == ["empty"] && scratch.bytes("empty") == [])
        scratch.write([1, 2], to: "old")
        scratch.write([3], to: "old-wal")
        let recorder = try Recorder.create(path: scratch.file("old"), session: Sample.session, force: true)
        #expect(scratch.bytes("old") != [1, 2])
        recorder.discard()
        #expect(scratch.names == ["empty", "old", "old-wal"])
        #expect(scratch.bytes("old") == [1, 2] && scratch.bytes("old-wal") == [3])
    }

    @Test func whatIsReplacedGoesOnceItIsCertain() async throws {
        let scratch = Scratch()
        scratch.write([1, 2], to: "old")
        let recorder = try Recorder.create(path: scratch.file("old"), session: Sample.session, force: true)
        recorder.keep()
        recorder.take(.event(.endpointFound(Sample.endpoint, at: Sample.at(0))))
        try await recorder.close()
        #expect(scratch.names == ["old"])
        #expect(try RecordingReader.open(path: scratch.file("old")).endpoints.count == 1)
    }

    /// Discarding removes what this run made, not what stands there meanwhile.
    @Test func discardingLeavesAnothersFile() throws {
        let scratch = Scratch()
        let recorder = try Sample.recorder(scratch.file("a"))
        try FileManager.default.removeItem(atPath: scratch.file("a"))
        scratch.write([9], to: "a")
        recorder.discard()
        #expect(scratch.bytes("a") == [9])
    }

    @Test(arguments: [false, true])
    func aFileThatIsTakenAwayIsSaid(replaced: Bool) async throws {
        let scratch = Scratch()
        let recorder = try Sample.recorder(scratch.file("a"))
        for batch in Sample.batches(5, seed: 1) { recorder.take(.batch(batch)) }
        recorder.flush()
        try FileManager.default.removeItem(atPath: scratch.file("a"))
        if replaced { scratch.write([9], to: "a") }
        for batch in Sample.batches(5, seed: 2) { recorder.take(.batch(batch)) }
        recorder.flush()
        guard case .failed(_, let message) = recorder.status else {
            Issue.record("\(recorder.status)")
            return
        }
        #expect(message.contains("deleted or replaced"))
        await #expect(throws: RecordingError.self) { try await recorder.close() }
        if replaced { #expect(scratch.bytes("a") == [9]) }
    }

    /// The file alone, as `scp` of a running or killed session takes it.
    @Test func theFileAloneIsNeverFarBehind() async throws {
        let scratch = Scratch()
        let batches = Sample.batches(40, seed: 3)
        let recorder = try Recorder.create(
            path: scratch.file("live"), session: Sample.session, interval: 3_600 * .second,
            checkpointInterval: 0)
        for batch in batches { recorder.take(.batch(batch)) }
        recorder.flush()
        scratch.write(scratch.bytes("live"), to: "copy")
        let (entries, errors) = try RecordingReader.open(path: scratch.file("copy")).everything()
        #expect(entries.compactMap(\.batch) == batches)
        // And that the end may be missing is said, by the name of what has it.
        #expect(errors.count == 1 && errors.first?.description.contains("copy-wal") == true)
        #expect(scratch.names == ["copy", "live", "live-shm", "live-wal"], "nothing is made beside it")
        try await recorder.close()
        #expect(try RecordingReader.open(path: scratch.file("live")).everything().errors.isEmpty)
    }
}
