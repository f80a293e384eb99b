import Foundation
import Measure
import Testing

@testable import Recording

@Suite struct RecorderTests {
    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func whatIsTakenIsRead(seed: UInt64) async throws {
        let scratch = Scratch()
        let batches = Sample.batches(200, seed: seed)
        let path = scratch.file("s.plimsoll")
        try await Sample.recording(path, batches: batches)
        #expect(scratch.names == ["s.plimsoll"])

        let reader = try RecordingReader.open(path: path)
        #expect(reader.session == Sample.session)
        #expect(try reader.endpoints == [Sample.endpoint])
        #expect(try reader.ended == Sample.at(900))
        #expect(try reader.losses.isEmpty)
        #expect(try reader.marks == [Mark(at: Sample.at(3), note: "here, \"now\"")])
        let (entries, errors) = reader.everything()
        #expect(errors.isEmpty)
        #expect(entries.compactMap(\.batch) == batches)
        #expect(entries.first?.event == .sessionStarted(Sample.session))
        #expect(entries.last?.event == .sessionEnded(at: Sample.at(900)))
        // The mark comes right behind the batch that it was taken after.
        let mark = try #require(entries.firstIndex { if case .marked? = $0.event { true } else { false } })
        #expect(entries[mark - 1].batch == batches[100])
        #expect(try reader.levels.map(\.level) == Array(0..<10))

        var stream = reader.requests()
        var requests: [RequestRecord] = []
        while let request = try stream.next() { requests.append(request) }
        #expect(requests == batches.flatMap(\.requests))
    }

    @Test func levelsKeepEveryFigure() async throws {
        let scratch = Scratch()
        let path = scratch.file("s")
        let recorder = try Sample.recorder(path)
        var level = Sample.level(0, from: 0, to: 10)
        level.ttft.bins.add(5 * .millisecond, count: 3)
        recorder.take(.result(level))
        try await recorder.close()
        let read = try #require(try RecordingReader.open(path: path).levels.first)
        // NaN is not equal to itself: the text is.
        #expect(try RecordingJSON.encode(read) == RecordingJSON.encode(level))
        #expect(read.ttft.bins.total == 3)
    }

    @Test func refusesWhatIsThere() throws {
        let scratch = Scratch()
        scratch.write([1], to: "full")
        #expect(throws: RecordingError.exists(path: scratch.file("full"))) {
            try Recorder.create(path: scratch.file("full"), session: Sample.session)
        }
        #expect(scratch.bytes("full") == [1])
        scratch.write([], to: "empty")
        _ = try Recorder.create(path: scratch.file("empty"), session: Sample.session)
        #expect(throws: RecordingError.exists(path: scratch.file("empty"))) {
            try Recorder.create(path: scratch.file("empty"), session: Sample.session)
        }
    }

    @Test func refusesAPathThatCannotBeWritten() {
        let scratch = Scratch()
        scratch.write([1], to: "file")
        for path in ["no/such/dir/x", "", "file/x"] + (0...0).map({ _ in "." }) {
            let path = path.isEmpty ? "" : scratch.file(path)
            do {
                _ = try Recorder.create(path: path, session: Sample.session)
                Issue.record("\(path) was taken")
            } catch {
                guard case .cannotCreate = error else {
                    Issue.record("\(error)")
                    continue
                }
                #expect(!error.description.contains("\n"))
            }
        }
        #expect(scratch.names == ["file"])
    }

    /// What `kill -9` leaves is what is on disk at that moment: the file and its log.
    @Test func aKilledSessionCanBeRead() throws {
        let scratch = Scratch()
        let batches = Sample.batches(60, seed: 5)
        let recorder = try Sample.recorder(scratch.file("live"))
        recorder.take(.event(.endpointFound(Sample.endpoint, at: Sample.at(0))))
        for batch in batches { recorder.take(.batch(batch)) }
        recorder.flush()
        recorder.take(.batch(SampleBatch(loop: 0, upTo: .zero)))
        for (name, suffixes) in [("with-shm", ["", "-wal", "-shm"]), ("without", ["", "-wal"])] {
            for suffix in suffixes { scratch.write(scratch.bytes("live" + suffix), to: name + suffix) }
            let reader = try RecordingReader.open(path: scratch.file(name))
            #expect(reader.everything().entries.compactMap(\.batch) == batches)
            #expect(try reader.ended == nil)
            #expect(try reader.endpoints == [Sample.endpoint])
        }
        // The log alone is lost: still a recording, of nothing.
        scratch.write(scratch.bytes("live"), to: "bare")
        let bare = try RecordingReader.open(path: scratch.file("bare"))
        #expect(bare.everything().entries.isEmpty)
    }

    @Test func aRunningSessionCanBeFollowed() async throws {
        let scratch = Scratch()
        let batches = Sample.batches(300, seed: 6)
        let recorder = try Sample.recorder(scratch.file("live"))
        let reader = try RecordingReader.open(path: scratch.file("live"))
        var stream = reader.entries()
        var read: [SampleBatch] = []
        for batch in batches {
            recorder.take(.batch(batch))
            if Int(batch.loop) == 2 { recorder.flush() }
            while let entry = try stream.next() { read.append(contentsOf: [entry.batch].compactMap { $0 }) }
        }
        // Somebody reads it while it is closed: then the log stays, and nothing is lost.
        try await recorder.close()
        while let entry = try stream.next() { read.append(contentsOf: [entry.batch].compactMap { $0 }) }
        #expect(read == batches)
    }

    @Test func statusTellsTheBytesOnDisk() async throws {
        let scratch = Scratch()
        let recorder = try Sample.recorder(scratch.file("s"))
        guard case .running(_, let before) = recorder.status else {
            Issue.record("\(recorder.status)")
            return
        }
        for batch in Sample.batches(300, seed: 6) { recorder.take(.batch(batch)) }
        recorder.flush()
        #expect(
            recorder.status
                == .running(
                    path: scratch.file("s"), bytes: scratch.bytes("s").count + scratch.bytes("s-wal").count))
        guard case .running(_, let after) = recorder.status else {
            Issue.record("\(recorder.status)")
            return
        }
        #expect(after > before)
        try await recorder.close()
        try await recorder.close()
        recorder.take(.batch(SampleBatch(loop: 0, upTo: .zero)))
        recorder.flush()
        #expect(recorder.status == .running(path: scratch.file("s"), bytes: scratch.bytes("s").count))
    }

    @Test func itWritesByItself() async throws {
        let scratch = Scratch()
        let recorder = try Recorder.create(
            path: scratch.file("s"), session: Sample.session, interval: .millisecond)
        recorder.take(.event(.endpointFound(Sample.endpoint, at: Sample.at(0))))
        let reader = try RecordingReader.open(path: scratch.file("s"))
        while try reader.endpoints.isEmpty { await Task.yield() }
        try await recorder.close()
    }

    @Test func aFullDiskIsSaidAndSurvived() async throws {
        let scratch = Scratch()
        let limits = PendingSamples.Limits(arrivals: 3_000, requests: 5_000, batches: 1_000, others: 100)
        let recorder = try Sample.recorder(scratch.file("s"), limits: limits)
        let batches = Sample.batches(600, seed: 8)
        for batch in batches[..<100] { recorder.take(.batch(batch)) }
        recorder.flush()
        recorder.limit(pages: 1)
        for batch in batches[100..<400] { recorder.take(.batch(batch)) }
        for _ in 0..<3 {
            recorder.flush()
            #expect(recorder.status == .failed(path: scratch.file("s"), message: "the disk is full"))
        }
        recorder.limit(pages: 1_000_000)
        recorder.flush()
        guard case .failed(_, let message) = recorder.status else {
            Issue.record("the hole is not told")
            return
        }
        #expect(message.contains("hole"))
        for batch in batches[400...] { recorder.take(.batch(batch)) }
        do {
            try await recorder.close()
            Issue.record("the hole is not told")
        } catch {
            guard case .cannotWrite = error else {
                Issue.record("\(error)")
                return
            }
        }

        let reader = try RecordingReader.open(path: scratch.file("s"))
        let (entries, errors) = reader.everything()
        let read = entries.compactMap(\.batch)
        #expect(errors.isEmpty)
        #expect(read.flatMap(\.requests) == batches.flatMap(\.requests))
        let all = batches.flatMap(\.arrivals)
        let kept = read.flatMap(\.arrivals)
        let losses = try reader.losses
        #expect(losses.arrivals > 0)
        #expect(losses.requests == 0)
        #expect(kept.count == all.count - losses.arrivals)
        // Every one that was kept is as it was taken: no gap spans the hole.
        #expect(Set(kept).isSubset(of: Set(all)))
    }

    @Test func aDiskThatRecoversInTimeLosesNothing() async throws {
        let scratch = Scratch()
        let recorder = try Sample.recorder(scratch.file("s"))
        let batches = Sample.batches(200, seed: 9)
        recorder.limit(pages: 1)
        for batch in batches { recorder.take(.batch(batch)) }
        recorder.flush()
        #expect(recorder.status == .failed(path: scratch.file("s"), message: "the disk is full"))
        recorder.limit(pages: 1_000_000)
        try await recorder.close()
        let reader = try RecordingReader.open(path: scratch.file("s"))
        #expect(reader.everything().entries.compactMap(\.batch) == batches)
    }

    @Test func extremeFiguresDoNotTrap() async throws {
        let scratch = Scratch()
        let recorder = try Sample.recorder(scratch.file("s"))
        for extreme in [Int64.min, .max] {
            let moment = Moment(nanoseconds: extreme)
            var random = SplitMix64(seed: 1)
            var request = Sample.request(1, EndpointID(0), end: Sample.start, &random)
            request.end = moment
            recorder.take(.batch(SampleBatch(loop: 0, upTo: moment, requests: [request])))
            recorder.take(.event(.marked(note: "\u{0}\u{1B}[2J", at: moment)))
            var level = Sample.level(0, from: 0, to: 1)
            level.windowStart = moment
            level.windowTokens = .infinity
            recorder.take(.result(level))
        }
        try await recorder.close()
        let (entries, errors) = try RecordingReader.open(path: scratch.file("s")).everything()
        #expect(entries.isEmpty)
        #expect(errors.count == 6)
    }
}
