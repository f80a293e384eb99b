import Collector
import Foundation
import Measure
import Synchronization
import Testing

@testable import Recording

/// The recording is the whole: figures and flags, computed again from the file alone, are what they were.
@Suite struct ComputedAgainTests {
    private final class Clock: TimeSource {
        private let moment: Mutex<Moment>
        init(_ start: Moment) { moment = Mutex(start) }
        func now() -> Moment { moment.withLock { $0 } }
        func set(_ value: Moment) { moment.withLock { $0 = value } }
    }

    private static let start: Int64 = 5_000 * .second
    private static let id = EndpointID(0)
    private static let length: Int64 = 5_000

    private static func at(_ milliseconds: Double) -> Moment {
        Moment(nanoseconds: start + .seconds(milliseconds / 1_000))
    }

    private static func session() throws -> SessionInfo {
        let plan = SessionPlan(
            workload: Workload(inputTokens: 100, outputTokens: 10),
            sweep: SweepPlan(
                levels: .list([1]), dwell: 3 * .second, warmUp: .second, errorLimit: 0.1,
                budget: try LatencyBudget(parsing: "ttft:p95<80ms,tpot:p50<1s")),
            seed: 1)
        return SessionInfo(
            started: WallAnchor(moment: at(0), unixNanoseconds: 1_760_000_000 * .second), version: "0",
            command: "sweep", plan: plan, options: [:], seed: 1, host: "h")
    }

    /// What two loops saw of a level, which is sound but for `flag`.
    private struct Level {
        var flag: TrustFlag?
        var base: Double
        var requests: [RequestRecord] = []
        var arrivals: [TokenArrival] = []

        init(_ flag: TrustFlag?, level: Int) {
            self.flag = flag
            base = Double(level) * Double(length)
            for index in 0..<190 {
                add(UInt32(1 + level * 1_000 + index), sent: base + Double(index) * 20, isOdd: index % 3 == 0)
            }
        }

        private mutating func add(_ number: UInt32, sent: Double, isOdd: Bool) {
            let gap = flag == .buffered ? 0.01 : 5
            let moments = (0..<10).map { at(sent + 50 + gap * Double($0)) }
            var last: Moment?
            for moment in moments {
                arrivals.append(
                    TokenArrival(
                        at: moment, gap: last.map { moment - $0 } ?? -1, request: number, endpoint: id,
                        tokens: 1))
                last = moment
            }
            let end = at(sent + 50 + 9 * gap + (flag == .tail ? 40 : 0))
            var record = RequestRecord(
                number: number, endpoint: id, user: 0, turn: number, intended: at(sent) - 1_000,
                sent: at(sent), first: moments.first, last: moments.last, firstContent: moments.first,
                end: end, chunks: 10, firstChunkTokens: 1,
                outputTokens: flag == .outputLength ? 20 : 10, requestedTokens: 10,
                inputTokens: flag == .inputLength ? 50 : 100, cachedTokens: flag == .prefixCache ? 60 : 18,
                tokenSource: flag == .mixedTokenSources && isOdd ? .chunks : .usage, finish: .stop)
            record.countRefused = flag == .countsRefused && isOdd
            if flag == .errors, isOdd {
                record.failure = RequestFailure(kind: .timeout, message: "it took too long")
            }
            requests.append(record)
        }

        var circumstances: WindowCircumstances {
            WindowCircumstances(
                cutShort: flag == .cutShort, openedSteady: flag != .unsteady,
                serverRestarted: flag == .serverRestarted, gpuThrottled: flag == .gpuThrottled)
        }

        func vitals(_ step: Int, cpu: Nanoseconds) -> LoopVitals {
            let isLate = flag == .clientStoodStill && step == 30
            return LoopVitals(
                threadCPU: cpu, suspended: 3,
                standstill: isLate
                    ? Standstill(from: at(base + 1_500), to: at(base + 2_950), processCPU: 1_000) : nil)
        }

        func grow(_ times: inout UserTimes) {
            times.out += (flag == .usersIdle ? 20 : 100) * .millisecond
            times.waiting += (flag == .usersIdle ? 80 : 0) * .millisecond
        }
    }

    /// A level that is run.
    private struct Run {
        var cause: TrustFlag?
        var users = 1
        var raises: TrustFlag?
    }

    private func record(_ runs: [Run], to path: String) async throws {
        let session = try Self.session()
        let recorder = try Recorder.create(path: path, session: session)
        let clock = Clock(Self.at(0))
        let plan = try #require(session.plan)
        let collector = Collector(
            ledger: Ledger(
                session: session, settings: LedgerSettings(trust: TrustContext(of: plan))),
            sink: recorder, clock: clock, cpuTime: { clock.now().nanoseconds / 3 })
        let finished = Mutex(0)
        await collector.listen { news in
            if case .finished = news { finished.withLock { $0 += 1 } }
        }
        await collector.take(.event(.sessionStarted(session)))
        let load = SourceInfo(id: SourceID(0), name: "load", loops: [0, 1])
        await collector.take(.event(.sourceJoined(load, at: Self.at(0))))
        let page = SourceInfo(
            id: SourceID(1), name: "metrics",
            role: .server(WatchedServer(url: "http://a", label: "a", endpoint: Self.id)))
        await collector.take(.event(.sourceJoined(page, at: Self.at(0))))
        let info = EndpointInfo(
            id: Self.id, url: "http://a/v1", label: "a", model: "m", dialect: "chat", templateCacheTokens: 18)
        await collector.take(.event(.endpointFound(info, at: Self.at(0))))
        var times = UserTimes()
        var cpu: Nanoseconds = 0
        for (number, run) in runs.enumerated() {
            let level = Level(run.cause, level: number)
            let start = LevelStart(endpoint: Self.id, level: number, load: .users(run.users), planned: nil)
            await collector.take(.event(.levelStarted(start, at: Self.at(level.base))))
            for step in 0..<45 {
                let (from, to) = (level.base + Double(step) * 100, level.base + Double(step) * 100 + 100)
                clock.set(Self.at(to))
                let range = Self.at(from)..<Self.at(to)
                level.grow(&times)
                if run.cause == .foreignLoad, [8, 15, 22, 29, 37].contains(step) {
                    await collector.take(
                        .reading(
                            Reading(
                                source: page.id, at: Self.at(from), series: ["vllm:num_requests_running"],
                                values: [10])))
                }
                cpu += (run.cause == .clientBound ? 90 : 20) * .millisecond
                for loop in 0..<2 {
                    var batch = SampleBatch(
                        loop: UInt16(loop), upTo: Self.at(to), timerLags: [90_000],
                        readLags: [50_000, 60_000],
                        vitals: level.vitals(step, cpu: cpu))
                    if loop == 0 {
                        batch.arrivals = level.arrivals.filter { range.contains($0.at) }.sorted {
                            $0.at < $1.at
                        }
                        batch.requests = level.requests.filter { range.contains($0.end) }
                        batch.activity = [
                            LoopActivity(endpoint: Self.id, users: 1, inFlight: 1, waiting: 0, times: times)
                        ]
                    }
                    await collector.take(.batch(batch))
                }
                if step == 9 {
                    _ = await collector.openWindow(Self.id, level: number, notBefore: Self.at(to))
                } else if step == 37 {
                    await collector.closeWindow(Self.id, level: number, at: Self.at(to))
                    await collector.explainWindow(Self.id, level: number, level.circumstances)
                }
            }
            #expect(finished.withLock { $0 } == number + 1)
        }
        await collector.take(.event(.sessionEnded(at: clock.now())))
        try await recorder.close()
    }

    @Test func everyFlagAndEveryFigure() async throws {
        let path = FileManager.default.temporaryDirectory.path + "/again-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let others = TrustFlag.allCases.filter { $0 != .notRepeatable }
        // What held though a lighter load broke, and did so again.
        let odd = [Run(cause: .errors), Run(users: 2), Run(users: 2, raises: .notRepeatable)]
        let runs = [Run()] + others.map { Run(cause: $0, raises: $0) } + odd
        try await record(runs, to: path)

        let reader = try RecordingReader.open(path: path)
        let recorded = try reader.levels
        #expect(recorded.count == runs.count)
        #expect(recorded.first?.trust == [] && recorded.first?.lag.cpuShare != nil)
        for (run, level) in zip(runs, recorded) {
            if let flag = run.raises { #expect(level.trust.contains(flag), "\(flag)") }
        }
        #expect(recorded.first?.budgetVerdict == .held && recorded.first?.findings.count == 2)
        #expect(recorded[recorded.count - 3].brokenBy?.limit.metric == .error)
        let computed = try Self.compute(from: reader)
        #expect(computed.count == recorded.count)
        for (now, then) in zip(computed, recorded) {
            #expect(try RecordingJSON.encode(now) == RecordingJSON.encode(then), "level \(then.level)")
        }
    }

    /// From the file alone; figures that are in it are passed over.
    private static func compute(from reader: RecordingReader) throws -> [LevelResult] {
        let plan = try #require(reader.session.plan)
        var ledger = Ledger(
            session: reader.session, settings: LedgerSettings(trust: TrustContext(of: plan)))
        var levels: [LevelResult] = []
        var entries = reader.entries()
        while let entry = try entries.next() {
            ledger.take(entry)
            levels += ledger.finishLevels()
        }
        return levels
    }
}
