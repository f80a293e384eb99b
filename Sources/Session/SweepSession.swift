import Client
import Collector
import Measure
import Recording
import Sweep
import Telemetry
import Wire

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// One session from the first request to the last row: discovery, sweep, recording, summary.
package struct SweepSession {
    let request: SessionRequest
    private let console: any Console
    private let signals: @Sendable () -> any StopRequests
    private let clock = SystemTime()

    package init(
        _ request: SessionRequest, console: any Console, signals: @escaping @Sendable () -> any StopRequests
    ) {
        self.request = request
        self.console = console
        self.signals = signals
    }

    /// Runs it and says how the program is to end.
    package func run() async throws -> ExitStatus {
        // What can be wrong without talking to anyone is said before anyone is talked to.
        try request.output.check()
        let info = SessionInfo(
            started: .now(), version: request.version, command: request.command, plan: request.plan,
            options: request.options, seed: request.plan.seed, host: Self.hostName)
        let recorder = try makeRecorder(info)
        let roll: RollCall
        do {
            switch try await firstOf(
                signals(),
                { [request, console] in
                    try await RollCall.of(request, console: console)
                })
            {
            case .signal(let number):
                recorder?.discard()
                return .signal(number)
            case .answers(let answers): roll = answers
            }
        } catch {
            recorder?.discard()
            throw error
        }
        let endpoints = roll.found
        recorder?.keep()

        let samples = AsyncStream.makeStream(of: SampleBatch.self)
        let load = try await LoadGenerator { samples.continuation.yield($0) }
        let collector = Collector(
            ledger: Ledger(
                session: info, settings: LedgerSettings(trust: TrustContext(of: request.plan)),
                loops: load.loops),
            sink: recorder, recording: { recorder?.status ?? .off })
        var started = info
        started.loops = load.loops
        await collector.take(.event(.sessionStarted(started)))
        for answer in roll.answers {
            for event in answer.events(at: clock.now()) { await collector.take(.event(event)) }
        }
        for endpoint in endpoints {
            try await load.add(
                endpoint, requestedTokens: request.plan.workload.outputTokens, seed: request.plan.seed)
        }
        let collecting = Task { for await batch in samples.stream { await collector.take(.batch(batch)) } }

        let steering = SteeringQueue()
        let mayUseGPUs = request.watchesGPUs && endpoints.contains(where: \.isOnThisMachine)
        let gpus = mayUseGPUs ? GPUWatch() : nil
        let sweeping = Task {
            try await sweep(
                endpoints, load: load, collector: collector, steering: steering, gpus: gpus)
        }
        let watcher: any SessionWatcher =
            if let screen = request.screen {
                ScreenWatcher(
                    request: request, screen: screen, collector: collector, steering: steering,
                    endpoints: endpoints.map(\.info.id), recorder: recorder, console: console,
                    signals: signals)
            } else {
                HeadlessWatcher(
                    collector: collector, steering: steering, endpoints: endpoints.map(\.info.id),
                    console: console, signals: signals)
            }
        let ending: SessionEnding
        do {
            ending = try await watcher.watch(until: sweeping)
            try await sweeping.value
        } catch {
            // What was measured is kept.
            try? await recorder?.close()
            throw error
        }

        try await load.shutDown()
        samples.continuation.finish()
        await collecting.value
        await collector.take(.event(.sessionEnded(at: clock.now())))
        let final = await collector.snapshotNow()
        return try await conclude(final, roll: roll, recorder: recorder, ending: ending)
    }

    // MARK: Before

    private func makeRecorder(_ info: SessionInfo) throws -> Recorder? {
        let path: String
        switch request.output.recording {
        case .nowhere: return nil
        case .file(let name): path = name
        case .standard(let environment):
            path = try RecordingPath.standard(started: info.started, environment: environment)
        }
        do throws(RecordingError) {
            return try Recorder.create(path: path, session: info, force: request.output.force)
        } catch {
            throw CommandFailure("\(error)", .fileUnusable)
        }
    }

    private static var hostName: String {
        var name = [UInt8](repeating: 0, count: 256)
        let result = name.withUnsafeMutableBytes { buffer in
            buffer.withMemoryRebound(to: CChar.self) { text in
                text.baseAddress.map { gethostname($0, text.count - 1) } ?? -1
            }
        }
        return result == 0 ? String(decoding: name.prefix { $0 != 0 }, as: UTF8.self) : "?"
    }

    private enum Asked {
        case answers(RollCall)
        case signal(Int32)
    }

    /// What the endpoints answer, or the signal that comes before: then nobody waits for them any more.
    private func firstOf(
        _ signals: any StopRequests, _ answers: @escaping @Sendable () async throws -> RollCall
    ) async throws -> Asked {
        defer { signals.cancel() }
        let (outcomes, outcome) = AsyncThrowingStream.makeStream(of: Asked.self)
        let asking = Task {
            do { outcome.yield(.answers(try await answers())) } catch { outcome.finish(throwing: error) }
        }
        let listening = Task { [stream = signals.stream] in
            for await number in stream { outcome.yield(.signal(number)) }
        }
        defer {
            asking.cancel()
            listening.cancel()
        }
        for try await first in outcomes { return first }
        throw CancellationError()
    }

    // MARK: During

    private func sweep(
        _ endpoints: [DiscoveredEndpoint], load: LoadGenerator, collector: Collector, steering: SteeringQueue,
        gpus: GPUWatch?
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for endpoint in endpoints {
                let id = endpoint.info.id
                let machine = Sweep(plan: request.plan.sweep, endpoint: id)
                group.addTask { [clock] in
                    var driver = SweepDriver(
                        endpoint: id, load: load, collector: collector, steering: steering,
                        surroundings: await Surroundings(of: endpoint, gpus: gpus), clock: clock,
                        sweep: machine)
                    try await driver.run()
                }
            }
            try await group.waitForAll()
        }
    }

    // MARK: After

    private func conclude(
        _ final: Snapshot, roll: RollCall, recorder: Recorder?, ending: SessionEnding
    ) async throws -> ExitStatus {
        let path = recorder?.status.path
        var troubles: [RecordingError] = []
        do throws(RecordingError) { try await recorder?.close() } catch { troubles.append(error) }

        if request.output.json {
            console.document(JSONReport(final, recording: path).text + "\n")
        } else if ending.canPrint {
            console.output(
                SummaryReport(
                    final, recording: troubles.isEmpty ? path : nil, width: console.width
                ).text)
            if let more = await request.epilogue(final) { console.output(more) }
        }
        if let directory = request.output.csv, let path {
            do throws(RecordingError) {
                let files = try CSVExport.write(
                    from: RecordingReader.open(path: path), to: directory, force: request.output.force)
                if ending.canPrint { console.error(ExportReport.text(files, directory: directory)) }
            } catch {
                troubles.append(error)
            }
        }
        // Where nobody reads, printing would wait for ever.
        if ending.canPrint {
            // The summary on the same terminal has said it.
            if request.screen == nil { for line in roll.complaints { console.complain(line) } }
            for trouble in troubles { console.complain("\(trouble)") }
        }
        return Verdict.status(
            of: final,
            Verdict.Circumstances(
                wantsLoadLine: request.wantsLoadLine && request.plan.sweep.budget != nil,
                signal: ending.signal,
                lostFile: !troubles.isEmpty))
    }
}
