import Client
import Collector
import Measure
import Recording
import Sweep
import System
import Telemetry
import Wire

/// One session from the first request to the last row: discovery, sweep, recording, summary.
struct SweepSession {
    let request: SessionRequest
    private let clock = SystemTime()

    init(_ request: SessionRequest) { self.request = request }

    /// Runs it and says how the program is to end.
    func run() async throws -> ExitStatus {
        let wantsScreen = request.output.wantsScreen
        // What can be wrong without talking to anyone is said before anyone is talked to.
        let traits = wantsScreen ? try request.screen.traits() : nil
        _ = try request.screen.themes()
        try request.output.check()
        let info = SessionInfo(
            started: .now(), version: Plimsoll.version, command: request.command, plan: request.plan,
            options: request.options, seed: request.plan.seed, host: ThisMachine.name)
        let recorder = try makeRecorder(info)
        let roll: RollCall
        do {
            let signals = StopSignals()
            defer { signals.cancel() }
            let leaving = Task { [stream = signals.stream] in
                for await number in stream {
                    recorder?.discard()
                    ExitStatus.leave(.signal(number))
                }
            }
            defer { leaving.cancel() }
            roll = try await RollCall.of(request)
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
            if let traits {
                ScreenWatcher(
                    request: request, traits: traits, collector: collector, steering: steering,
                    endpoints: endpoints.map(\.info.id), recorder: recorder)
            } else {
                HeadlessWatcher(
                    collector: collector, steering: steering, endpoints: endpoints.map(\.info.id))
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
        guard !request.output.noRecord else { return nil }
        let path = try request.output.record ?? RecordingPath.standard(started: info.started)
        do throws(RecordingError) {
            return try Recorder.create(path: path, session: info, force: request.output.force)
        } catch {
            throw CommandFailure("\(error)", .fileUnusable)
        }
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
            StandardStreams.document(JSONReport(final, recording: path).text + "\n")
        } else if ending.canPrint {
            StandardStreams.output(
                SummaryReport(
                    final, recording: troubles.isEmpty ? path : nil, width: StandardStreams.outputWidth
                ).text)
            if let more = await request.epilogue(final) { StandardStreams.output(more) }
        }
        if let directory = request.output.csv, let path {
            do throws(RecordingError) {
                let files = try CSVExport.write(
                    from: RecordingReader.open(path: path), to: directory, force: request.output.force)
                if ending.canPrint { StandardStreams.error(ExportReport.text(files, directory: directory)) }
            } catch {
                troubles.append(error)
            }
        }
        // Where nobody reads, printing would wait for ever.
        if ending.canPrint {
            // The summary on the same terminal has said it.
            if !request.output.wantsScreen { for line in roll.complaints { StandardStreams.complain(line) } }
            for trouble in troubles { StandardStreams.complain("\(trouble)") }
        }
        return Verdict.status(
            of: final,
            Verdict.Circumstances(
                wantsLoadLine: request.wantsLoadLine && request.plan.sweep.budget != nil,
                signal: ending.signal,
                lostFile: !troubles.isEmpty))
    }
}
