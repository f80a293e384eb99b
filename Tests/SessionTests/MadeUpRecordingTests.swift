import Collector
import Foundation
import Measure
import Recording
import Testing

@testable import Session

/// Recordings that no session can have made, replayed without a screen.
@Suite(.timeLimit(.minutes(10))) struct MadeUpRecordingTests {
    private static let start: Int64 = 5_000 * .second
    private static let session = SessionInfo(
        started: WallAnchor(
            moment: Moment(nanoseconds: start), unixNanoseconds: 1_760_000_000 * .second),
        version: "0", command: "sweep", options: ["budget": "ttft:p50<1s"], seed: 1, host: "h")
    private static let endpoint = EndpointInfo(
        id: EndpointID(0), url: "http://a/v1", label: "a", model: "m", dialect: "chat")

    private static func at(_ seconds: Int64) -> Moment { Moment(nanoseconds: start + seconds * .second) }

    private static func replay(_ record: (Recorder) -> Void) async throws -> Snapshot {
        let path = FileManager.default.temporaryDirectory.path + "/made-up-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let recorder = try Recorder.create(path: path, session: session)
        recorder.take(.event(.sessionStarted(session)))
        recorder.take(.event(.endpointFound(endpoint, at: at(0))))
        record(recorder)
        recorder.take(.event(.sessionEnded(at: at(300 * 86_400))))
        try await recorder.close()
        let player = RecordingPlayer(reader: try RecordingReader.open(path: path), speed: nil)
        try await player.play()
        return await player.collector.snapshotNow()
    }

    @Test("5,000 levels: seconds, not minutes")
    func manyLevels() async throws {
        let snapshot = try await Self.replay { recorder in
            for number in 0..<5_000 {
                // What waits for the disk is bounded.
                if number.isMultiple(of: 500) { recorder.flush() }
                let (from, to) = (Self.at(Int64(number)), Self.at(Int64(number) + 1))
                let users = 1 + number % 500
                recorder.take(
                    .event(
                        .levelStarted(
                            LevelStart(
                                endpoint: EndpointID(0), level: number, load: .users(users), planned: nil),
                            at: from)))
                recorder.take(.event(.windowOpened(EndpointID(0), level: number, at: from)))
                recorder.take(.event(.windowClosed(EndpointID(0), level: number, at: to)))
                recorder.take(
                    .result(
                        LevelResult(
                            endpoint: EndpointID(0), level: number, load: .users(users), windowStart: from,
                            windowEnd: to, completed: 10, windowTokens: 100,
                            throughput: Estimate(
                                mean: 1_000 * Double(users) / Double(users + 50), halfWidth: 1))))
            }
        }
        #expect(snapshot.endpoints.first?.levels.count == 5_000)
        #expect(snapshot.endpoints.first?.plateau != nil)
        #expect(SummaryReport(snapshot, recording: nil, width: nil).text.count > 5_000)
    }

    @Test("A window of three hundred days: no memory for its time")
    func farTimes() async throws {
        let day: Int64 = 86_400
        let snapshot = try await Self.replay { recorder in
            recorder.take(
                .event(
                    .levelStarted(
                        LevelStart(endpoint: EndpointID(0), level: 0, load: .users(1), planned: nil),
                        at: Self.at(0))
                ))
            recorder.take(.event(.windowOpened(EndpointID(0), level: 0, at: Self.at(0))))
            for seconds in [1, 200 * day, 299 * day] {
                recorder.take(
                    .batch(
                        SampleBatch(
                            loop: 0, upTo: Self.at(seconds),
                            arrivals: [
                                TokenArrival(
                                    at: Self.at(seconds), gap: -1,
                                    request: UInt32(truncatingIfNeeded: seconds),
                                    endpoint: EndpointID(0), tokens: 7)
                            ],
                            activity: [
                                LoopActivity(endpoint: EndpointID(0), users: 1, inFlight: 1, waiting: 1)
                            ])))
            }
        }
        let live = try #require(snapshot.endpoints.first?.live)
        #expect(live.windowTokens == 21, "all of them count")
        #expect(live.throughput.halfWidth == nil, "for an interval it is too long")
    }
}
