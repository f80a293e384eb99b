import Collector
import Dashboard
import Glibc
import Measure
import Recording
import Terminal

/// A session watched and steered on the dashboard.
struct ScreenWatcher: SessionWatcher {
    let output: SessionOutput
    let screen: ScreenSetup
    let mode: Mode
    let collector: Collector
    let helm: any Steered
    let recorder: Recorder?
    let parts: SessionParts
    /// Takes over where the terminal hung up, and the session goes on without it.
    let headless: any SessionWatcher

    /// How long the final screen stands before the summary takes its place, unless somebody is looking.
    private static let lastLook = 5 * Nanoseconds.second

    func watch(until sweeping: Task<Void, any Error>) async throws -> SessionEnding {
        let desk = ScreenDesk()
        if let warning = screen.traits.warning { desk.notify(warning) }
        let application = SweepApplication(
            dashboard: screen.dashboard(mode: mode),
            snapshots: collector.snapshots, desk: desk, copying: screen.traits.copying)
        let serving = Task { for await wish in desk.wishes { await serve(wish, desk: desk) } }
        let closing = Task {
            _ = await sweeping.result
            _ = await collector.snapshotNow()
            guard !output.stay else { return }
            desk.letGo()
            desk.notify("the summary follows in \(Self.lastLook / .second) s; any key keeps this screen")
            await parts.wait(Self.lastLook)
            if !desk.isHeld { desk.close() }
        }
        let screenEnd: ScreenEnd
        do throws(TerminalError) { screenEnd = try await parts.terminal(application, screen.traits) } catch {
            await stop(sweeping)
            throw CommandFailure("\(error)", .wrongUsage)
        }
        closing.cancel()
        desk.close()
        await serving.value
        await desk.exported()
        let ending = try await ending(after: screenEnd.end, sweeping: sweeping)
        return screenEnd.isStuck ? .terminalGone(signal: ending.signal) : ending
    }

    private func ending(after end: TerminalEnd, sweeping: Task<Void, any Error>) async throws -> SessionEnding
    {
        let isOver = helm.isOver
        switch end {
        case .left:
            if isOver { return .done }
            await stop(sweeping)
            return .quit
        case .signal(SIGINT) where isOver:
            // ^C on the final screen ends nothing but the looking.
            return .done
        case .signal(let number):
            await stop(sweeping)
            return .signal(number)
        case .hungUp:
            if output.keepRunning {
                await collector.take(
                    .event(.marked(note: "the terminal hung up; going on without it", at: parts.clock.now())))
                return try await headless.watch(until: sweeping)
            }
            await stop(sweeping)
            return .terminalGone(signal: SIGHUP)
        }
    }

    private func stop(_ sweeping: Task<Void, any Error>) async {
        helm.stopAll()
        _ = await sweeping.result
    }

    private func serve(_ wish: DashboardAction, desk: ScreenDesk) async {
        switch wish {
        case .steer(let word, let endpoint): helm.ask(word, of: endpoint)
        case .mark(let note): await collector.take(.event(.marked(note: note, at: parts.clock.now())))
        case .export: export(desk)
        case .quit, .redraw, .copy: break
        }
    }

    private func export(_ desk: ScreenDesk) {
        guard let recorder, let path = recorder.status.path else {
            return desk.notify("nothing to export: this session is not recorded", isError: true)
        }
        RecordingExporter.export(path, flushing: recorder, desk: desk)
    }
}
