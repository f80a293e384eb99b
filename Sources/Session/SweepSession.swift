import Client
import Collector
import Dashboard
import Measure
import Recording
import Sweep
import System

/// One session from the first request to the last row: discovery, sweep, recording, summary.
package struct SweepSession {
    private let request: SessionRequest
    private let parts: SessionParts

    package init(_ request: SessionRequest, parts: SessionParts) {
        self.request = request
        self.parts = parts
    }

    /// Runs it and says how the program is to end.
    ///
    /// - Throws: `CommandFailure` where it never came to measuring, or its screen could not be had.
    package func run() async throws -> ExitStatus {
        try await frame.run(
            begin: {
                $0.begin(
                    request.command, version: request.version, seed: request.plan.seed,
                    options: request.options)
            }, run)
    }

    private var frame: SessionFrame {
        SessionFrame(output: request.output, scrubber: request.client.scrubber, parts: parts)
    }

    private func run(_ log: SessionLog?) async throws -> ExitStatus {
        let info = SessionInfo(
            started: frame.anchor, version: request.version, command: request.command, plan: request.plan,
            options: request.options, seed: request.plan.seed, host: ThisMachine.name)
        let recorder = try await frame.recorder(info)
        let roll: RollCall
        do {
            switch try await ask() {
            case .answers(let answers): roll = answers
            case .signal(let number):
                await frame.discard(recorder)
                return .signal(number)
            }
        } catch {
            await frame.discard(recorder)
            throw error
        }
        for answer in roll.answers { log?.note(answer) }
        recorder?.keep()

        let overTime = OverTime(info)
        defer { overTime?.end() }
        let telling = overTime.map { tell($0, of: roll.found.map(\.info)) }
        let collector = await frame.collector(
            info, LedgerSettings(trust: TrustContext(of: request.plan)), recorder, log, overTime: overTime)
        for answer in roll.answers {
            for event in answer.events(at: parts.clock.now()) { await collector.take(.event(event)) }
        }
        let ending: SessionEnding
        do {
            ending = try await measure(roll.found, collector: collector, recorder: recorder, log: log)
        } catch {
            // What was measured is kept.
            try? await recorder?.close()
            throw error
        }
        await collector.take(.event(.sessionEnded(at: parts.clock.now())))
        let final = await collector.snapshotNow()
        overTime?.end()
        await telling?.value
        return try await conclude(final, recorder: recorder, ending: ending, log: log)
    }

    /// A line a slice, where there is no screen.
    private func tell(_ overTime: OverTime, of endpoints: [EndpointInfo]) -> Task<Void, Never> {
        Task { [console = parts.console, isSilent = request.screen != nil] in
            var starts: [EndpointID: Moment] = [:]
            for await slice in overTime.news where !isSilent {
                let start = starts[slice.endpoint] ?? slice.windowStart
                starts[slice.endpoint] = start
                let endpoint = endpoints.count > 1 ? endpoints.first { $0.id == slice.endpoint } : nil
                console.error(OverTimeReport.line(slice, since: start, of: endpoint?.label))
            }
        }
    }

    // MARK: Before

    private enum Asked {
        case answers(RollCall)
        case signal(Int32)
    }

    /// What the endpoints answer, or the signal that comes before: then nobody waits for them any more.
    private func ask() async throws -> Asked {
        let signals = parts.signals()
        defer { signals.cancel() }
        let (outcomes, outcome) = AsyncThrowingStream.makeStream(of: Asked.self)
        let asking = Task { [request, parts] in
            do {
                outcome.yield(.answers(try await RollCall.of(request, parts)))
            } catch {
                outcome.finish(throwing: error)
            }
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

    /// Until all sweeps are over, or somebody ends them; everything that was measured has then been delivered.
    private func measure(
        _ endpoints: [DiscoveredEndpoint], collector: Collector, recorder: Recorder?, log: SessionLog?
    ) async throws -> SessionEnding {
        let load = try await parts.load(SourceID(0), endpoints, request.plan)
        let witnesses = parts.witnesses(SourceID(1), endpoints, request)
        let loading = Task { try await collector.run(load) }
        let witnessing = witnesses.sources.map { source in Task { try await collector.run(source) } }
        let gpus = witnesses.sources.first { $0.info.role == .gpus }
        let looking = gpus.map { gpus in
            Task { [parts] in
                var looks = ServiceLooks(collector, gpus: gpus.info.id, parts: parts)
                await looks.run()
            }
        }
        let inboxes = Dictionary(uniqueKeysWithValues: endpoints.map { ($0.info.id, SweepInbox()) })
        let sweeping = Task {
            await lookForOthers(on: endpoints.map(\.info), witnesses, collector: collector)
            try await sweep(inboxes, load: load, collector: collector, witnesses: witnesses)
        }
        let helm = Helm(inboxes, log: log, snapshots: collector.snapshots)
        let result: Result<SessionEnding, any Error>
        do {
            let ending = try await watcher(collector, helm, recorder).watch(until: sweeping)
            try await sweeping.value
            result = .success(ending)
        } catch {
            result = .failure(error)
        }
        looking?.cancel()
        for task in witnessing { task.cancel() }
        try await load.shutDown()
        try await loading.value
        for task in witnessing { _ = await task.result }
        await looking?.value
        return try result.get()
    }

    private func watcher(_ collector: Collector, _ helm: Helm, _ recorder: Recorder?) -> any SessionWatcher {
        let headless = HeadlessWatcher(collector: collector, helm: helm, parts: parts)
        guard let screen = request.screen else { return headless }
        return ScreenWatcher(
            output: request.output, screen: screen, mode: .sweep, collector: collector, helm: helm,
            recorder: recorder, parts: parts, headless: headless)
    }

    private func sweep(
        _ inboxes: [EndpointID: SweepInbox], load: any SessionLoad, collector: Collector, witnesses: Witnesses
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (endpoint, inbox) in inboxes.sorted(by: { $0.key < $1.key }) {
                group.addTask { [parts, plan = request.plan.sweep] in
                    var driver = SweepDriver(
                        endpoint, plan: plan, load: load, collector: collector, inbox: inbox,
                        witness: witnesses.ofEndpoint[endpoint], clock: parts.clock)
                    try await driver.run()
                }
                if request.plan.oneAfterAnother { try await group.waitForAll() }
            }
            try await group.waitForAll()
        }
    }

    /// Before there is a load: what a server does then, it does for others. Said, and no more: the sweep goes on.
    private func lookForOthers(
        on endpoints: [EndpointInfo], _ witnesses: Witnesses, collector: Collector
    ) async {
        await withTaskGroup(of: (EndpointInfo, (source: SourceID, load: ForeignLoad)?).self) { group in
            for endpoint in endpoints {
                guard let witness = witnesses.ofEndpoint[endpoint.id] else { continue }
                group.addTask { (endpoint, await witness.others()) }
            }
            for await case (let endpoint, let found?) in group {
                await collector.take(
                    .event(.serverSaid(found.source, .others(found.load), at: parts.clock.now())))
                // The screen has an alert of it.
                guard request.screen == nil else { continue }
                parts.console.error("plimsoll: \(endpoint.label): \(found.load.sentence)\n")
            }
        }
    }

    // MARK: After

    private func conclude(
        _ final: Snapshot, recorder: Recorder?, ending: SessionEnding, log: SessionLog?
    ) async throws -> ExitStatus {
        let console = parts.console
        let hasLost = try await frame.conclude(recorder, ending, log) { path, isWhole in
            if request.output.json {
                console.document(JSONReport(final, recording: path).text + "\n")
            } else if ending.canPrint {
                console.output(
                    SummaryReport(final, recording: isWhole ? path : nil, width: console.width).text)
                console.output(OverTimeReport.text(final, width: console.width))
                if let more = await request.epilogue(final) { console.output(more) }
            }
        }
        return ExitStatus.of(
            final,
            ExitStatus.Circumstances(
                wantsLoadLine: request.wantsLoadLine && request.plan.sweep.budget != nil,
                signal: ending.signal,
                lostFile: hasLost))
    }
}
