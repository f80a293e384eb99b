import Client
import Collector
import Dashboard
import Measure
import Recording
import System

/// Servers and GPUs looked at, and nothing sent to them but the canaries that were asked for: from the first look to the
/// last line.
package struct WatchSession {
    private let request: WatchRequest
    private let parts: SessionParts

    package init(_ request: WatchRequest, parts: SessionParts) {
        self.request = request
        self.parts = parts
    }

    /// Runs it and says how the program is to end.
    ///
    /// - Throws: `CommandFailure` where nothing came to be looked at, or its screen could not be had.
    package func run() async throws -> ExitStatus {
        try await frame.run(
            begin: { $0.begin(request.command, version: request.version, seed: 0, options: request.options) },
            run)
    }

    private var frame: SessionFrame {
        SessionFrame(output: request.output, scrubber: request.client.scrubber, parts: parts)
    }

    private func run(_ log: SessionLog?) async throws -> ExitStatus {
        let info = SessionInfo(
            started: frame.anchor, version: request.version, command: request.command, watch: request.plan,
            options: request.options, seed: 0, host: ThisMachine.name)
        let recorder = try await frame.recorder(info)
        let collector = await frame.collector(info, LedgerSettings(), recorder, log)
        let crew = WatchCrew(request, parts: parts, collector: collector)
        let result: Result<SessionEnding, any Error>
        do { result = .success(try await watch(crew, collector, recorder)) } catch {
            result = .failure(error)
        }
        await crew.end()
        await collector.take(.event(.sessionEnded(at: parts.clock.now())))
        let final = await collector.snapshotNow()
        let ending: SessionEnding
        do { ending = try result.get() } catch {
            // What was seen is kept.
            if final.watch.isEmpty {
                await frame.discard(recorder)
            } else {
                try? await recorder?.close()
            }
            throw error
        }
        return try await conclude(final, recorder, ending, log)
    }

    // MARK: During

    private func watch(
        _ crew: WatchCrew, _ collector: Collector, _ recorder: Recorder?
    ) async throws -> SessionEnding {
        let end = WatchEnd()
        let machine = MachineLooks(request, parts: parts, collector: collector, crew: crew)
        let watching = Task { try await look(crew, machine, collector, recorder, until: end) }
        let headless = HeadlessWatch(request: request, collector: collector, end: end, parts: parts)
        let watcher: any SessionWatcher =
            request.screen.map { screen in
                ScreenWatcher(
                    output: request.output, screen: screen, mode: .watch, collector: collector, helm: end,
                    recorder: recorder, parts: parts, headless: headless)
            } ?? headless
        let ending = try await watcher.watch(until: watching)
        try await watching.value
        return ending
    }

    /// Until all was seen that is to be seen, or it is ended.
    private func look(
        _ crew: WatchCrew, _ machine: MachineLooks, _ collector: Collector, _ recorder: Recorder?,
        until end: WatchEnd
    ) async throws {
        defer { end.stopAll() }
        let found =
            request.discovers ? await machine.look() : await crew.add(request.addresses)
        guard found > 0 || request.screen != nil else {
            throw CommandFailure(
                "no inference server was found on this machine; give its URL", .endpointUnusable)
        }
        recorder?.keep()
        await machine.watchGPUs()
        let looking = Task { await machine.run() }
        let pulse = Task { await self.pulse(collector) }
        let timer = Task { await timeIsOver(crew, end) }
        await end.wait()
        for task in [looking, pulse, timer] { task.cancel() }
        for task in [looking, pulse, timer] { await task.value }
    }

    private static let oncePatience = 15 * Nanoseconds.second

    /// Figures age where nothing new comes, and whoever looks is to see that.
    private func pulse(_ collector: Collector) async {
        var beat = Beat(every: .second, parts)
        while !Task.isCancelled {
            await beat.next()
            if parts.clock.now() - collector.snapshots.current.at >= .second {
                _ = await collector.snapshotNow()
            }
        }
    }

    private func timeIsOver(_ crew: WatchCrew, _ end: WatchEnd) async {
        if request.isOnce {
            // A driver that hangs, say, is not waited for.
            let patience = Task {
                await parts.wait(request.interval + Self.oncePatience)
                if !Task.isCancelled { end.stopAll() }
            }
            await crew.looked(2)
            patience.cancel()
        } else if let duration = request.plan.duration {
            await parts.wait(duration)
        } else {
            return
        }
        if !Task.isCancelled { end.stopAll() }
    }

    // MARK: After

    private func conclude(
        _ final: Snapshot, _ recorder: Recorder?, _ ending: SessionEnding, _ log: SessionLog?
    ) async throws -> ExitStatus {
        let console = parts.console
        let hasLost = try await frame.conclude(recorder, ending, log) { path, isWhole in
            if request.output.json {
                if request.isOnce { console.document(WatchJSON(final).text + "\n") }
            } else if ending.canPrint {
                console.output(
                    WatchSummary(final, recording: isWhole ? path : nil, width: console.width).text)
            }
        }
        return ExitStatus.ofWatch(final, signal: ending.signal, lostFile: hasLost)
    }
}

extension WatchSnapshot {
    /// Nobody was there to be looked at.
    fileprivate var isEmpty: Bool { servers.isEmpty && gpus == nil }
}
