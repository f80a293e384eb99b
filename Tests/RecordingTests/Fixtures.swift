import Foundation
import Measure

@testable import Recording

/// A directory that goes away with the test.
final class Scratch {
    let path: String

    init() {
        path =
            FileManager.default.temporaryDirectory.appendingPathComponent("recording-\(UUID().uuidString)")
            .path
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }
    func bytes(_ name: String) -> [UInt8] {
        [UInt8](FileManager.default.contents(atPath: file(name)) ?? Data())
    }
    func write(_ bytes: [UInt8], to name: String) {
        _ = FileManager.default.createFile(atPath: file(name), contents: Data(bytes))
    }
    func lines(_ name: String) -> [String] {
        String(decoding: bytes(name), as: UTF8.self).split(separator: "\n").map(String.init)
    }
    var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }
}

enum Sample {
    static let start: Int64 = 5_000_000_000_000
    static let anchor = WallAnchor(
        moment: Moment(nanoseconds: start), unixNanoseconds: 1_760_000_000_000_000_000)
    static let session = SessionInfo(
        started: anchor, version: "0.1", command: "sweep", options: ["users": "1,2"], seed: .max, host: "box")
    static let endpoint = EndpointInfo(
        id: EndpointID(0), url: "http://gpu01:8000/v1/chat/completions", label: "gpu01:8000",
        model: "llama, \"8B\"",
        server: "vllm", dialect: "chat", capabilities: ["ignore_eos"])

    static func at(_ milliseconds: Int64) -> Moment { Moment(nanoseconds: start + milliseconds * 1_000_000) }

    /// Random, and consistent: gaps are what the arrivals before say, every request's endpoint is its own.
    static func batches(_ count: Int, seed: UInt64, streams: Int = 12) -> [SampleBatch] {
        var random = SplitMix64(seed: seed)
        var time = start
        var open: [(number: UInt32, endpoint: EndpointID, last: Int64?)] = []
        var number: UInt32 = 0
        var sums = SplitMix64(seed: ~seed)
        var times = UserTimes()
        return (0..<count).map { index in
            var batch = SampleBatch(loop: UInt16(index % 3), upTo: .zero)
            for _ in 0..<Int.random(in: 0...40, using: &random) {
                time +=
                    Bool.random(using: &random)
                    ? .random(in: 0...300, using: &random) : .random(in: 0...40_000_000, using: &random)
                if open.count < streams {
                    number += .random(in: 1...300, using: &random)
                    open.append((number, EndpointID(.random(in: 0...300, using: &random)), nil))
                }
                let slot = Int.random(in: 0..<open.count, using: &random)
                batch.arrivals.append(
                    TokenArrival(
                        at: Moment(nanoseconds: time), gap: open[slot].last.map { time - $0 } ?? -1,
                        request: open[slot].number, endpoint: open[slot].endpoint,
                        tokens: Int.random(in: 0...9, using: &random) == 0
                            ? .random(in: 0...(.max), using: &random) : 1))
                open[slot].last = time
                if Int.random(in: 0...8, using: &random) == 0 {
                    batch.requests.append(request(open[slot].number, open[slot].endpoint, end: time, &random))
                    open.remove(at: slot)
                }
            }
            time += .random(in: 0...5_000_000, using: &random)
            batch.upTo = Moment(nanoseconds: time)
            batch.timerLags = (0..<Int.random(in: 0...3, using: &random)).map { _ in
                .random(in: -5...9_000_000, using: &random)
            }
            batch.readLags = (0..<Int.random(in: 0...3, using: &random)).map { _ in
                .random(in: 0...900, using: &random)
            }
            batch.readLagChanges = (0..<Int.random(in: 0...3, using: &sums)).map { _ in
                .random(in: 0...900, using: &sums)
            }
            batch.activity = (0..<Int.random(in: 0...2, using: &random)).map {
                LoopActivity(
                    endpoint: EndpointID($0), users: .random(in: 0...9, using: &random), inFlight: 2,
                    waiting: 1)
            }
            for place in batch.activity.indices where Bool.random(using: &sums) {
                times.out += .random(in: 0...900_000_000, using: &sums)
                times.waiting += .random(in: 0...9, using: &sums)
                batch.activity[place].times = times
            }
            if Bool.random(using: &sums) {
                batch.vitals = LoopVitals(
                    threadCPU: Int64(index) * 3_000_000, suspended: .random(in: 0...99, using: &sums),
                    standstill: Bool.random(using: &sums)
                        ? Standstill(from: batch.upTo - 90, to: batch.upTo - 5, processCPU: 7) : nil)
            }
            return batch
        }
    }

    static func request(_ number: UInt32, _ endpoint: EndpointID, end: Int64, _ random: inout SplitMix64)
        -> RequestRecord
    {
        func maybe<T>(_ value: T) -> T? { Bool.random(using: &random) ? value : nil }
        let sent = end - .random(in: 0...90_000_000, using: &random)
        return RequestRecord(
            number: number, endpoint: endpoint, user: .random(in: 0...(.max), using: &random), turn: 3,
            intended: Moment(nanoseconds: sent - 5), sent: Moment(nanoseconds: sent),
            first: maybe(Moment(nanoseconds: sent + 1)),
            last: maybe(Moment(nanoseconds: end)), firstContent: maybe(Moment(nanoseconds: end)),
            end: Moment(nanoseconds: end),
            connect: maybe(77), chunks: 4, firstChunkTokens: 2,
            outputTokens: .random(in: 0...5_000, using: &random),
            requestedTokens: maybe(64), inputTokens: maybe(1_000), cachedTokens: maybe(5),
            tokenSource: TokenSource.allCases.randomElement(using: &random) ?? .usage,
            finish: maybe(.toolCalls),
            resent: .random(using: &random),
            failure: maybe(
                RequestFailure(
                    kind: FailureKind.allCases.randomElement(using: &random) ?? .other, status: maybe(503),
                    message: "a \"b\", c", retryAfter: maybe(9))))
    }

    static func level(_ number: Int, from: Int64, to: Int64, on endpoint: Int = 0) -> LevelResult {
        LevelResult(
            endpoint: EndpointID(endpoint), level: number, load: .users(number + 1), windowStart: at(from),
            windowEnd: at(to), completed: 2, failed: 1, failures: [.timeout: 1], inputTokens: 20,
            outputTokens: 8,
            windowTokens: 7, throughput: Estimate(mean: 7, halfWidth: .nan), tokenSources: [.usage, .chunks],
            trust: [.clientBound, .usersIdle])
    }

    static func recorder(_ path: String, limits: PendingSamples.Limits = .init()) throws -> Recorder {
        // Long enough that only `flush` and `close` write.
        try Recorder.create(path: path, session: session, interval: 3_600 * .second, limits: limits)
    }

    /// A closed recording with a bit of everything.
    static func recording(_ path: String, batches: [SampleBatch]) async throws {
        let recorder = try recorder(path)
        recorder.take(.event(.sessionStarted(session)))
        recorder.take(.event(.endpointFound(endpoint, at: at(1))))
        for (index, batch) in batches.enumerated() {
            recorder.take(.batch(batch))
            if index == batches.count / 2 { recorder.take(.event(.marked(note: "here, \"now\"", at: at(3)))) }
            if index % 20 == 19 {
                recorder.take(.result(level(index / 20, from: Int64(index), to: Int64(index) + 10)))
            }
        }
        recorder.take(.event(.sessionEnded(at: at(900))))
        try await recorder.close()
    }
}

extension RecordingReader {
    /// Everything, and whatever went wrong on the way.
    func everything() -> (entries: [SessionEntry], errors: [RecordingError]) {
        var stream = entries()
        var (entries, errors): ([SessionEntry], [RecordingError]) = ([], [])
        while true {
            do {
                guard let entry = try stream.next() else { return (entries, errors) }
                entries.append(entry)
            } catch {
                errors.append(error)
            }
        }
    }
}

extension SessionEntry {
    var batch: SampleBatch? {
        if case .batch(let batch) = self { batch } else { nil }
    }
    var event: ControlEvent? {
        if case .event(let event) = self { event } else { nil }
    }
}
