import Collector
package import Dashboard
package import Measure
import Recording
import Terminal

/// A recording looked at again: on a screen, as the summary, or as a picture.
package struct ReplaySession {
    private let reader: RecordingReader
    private let parts: SessionParts

    /// - Parameter prices: what takes the place of prices that were recorded.
    package init(_ path: String, prices: Prices? = nil, parts: SessionParts) async throws(CommandFailure) {
        self.parts = parts
        do throws(RecordingError) {
            reader = try await FileWork.run { () throws(RecordingError) in
                try RecordingReader.open(path: path, prices: prices)
            }
        } catch {
            throw CommandFailure("\(error)", .fileUnusable)
        }
    }

    private var isWatch: Bool { reader.session.watch != nil }

    /// What a dashboard is to look at.
    package var mode: Mode { isWatch ? .watchReplay : .replay }

    package func summarize() async throws {
        let player = RecordingPlayer(reader: reader, speed: nil)
        try await player.play()
        let final = await player.collector.snapshotNow()
        guard !isWatch else {
            return parts.console.output(
                WatchSummary(
                    final, recording: nil, width: parts.console.width, losses: try losses()
                ).text)
        }
        parts.console.output(
            SummaryReport(
                final, recording: nil, width: parts.console.width, losses: try losses()
            ).text)
        parts.console.output(OverTimeReport.text(final, width: parts.console.width))
    }

    /// Says how the program is to end.
    package func show(on screen: ScreenSetup, speed: Double) async throws -> ExitStatus {
        let player = RecordingPlayer(reader: reader, speed: speed)
        let desk = ScreenDesk()
        if let sentence = try losses().sentence { desk.notify(sentence, isError: true) }
        let application = SweepApplication(
            dashboard: screen.dashboard(mode: mode), snapshots: player.collector.snapshots, desk: desk,
            copying: screen.traits.copying)
        let playing = Task { try await player.play() }
        let serving = Task { [path = reader.path] in
            for await wish in desk.wishes where wish == .export { RecordingExporter.export(path, desk: desk) }
        }
        let end: TerminalEnd
        do throws(TerminalError) { end = try await parts.terminal(application, screen.traits).end } catch {
            throw CommandFailure("\(error)", .wrongUsage)
        }
        playing.cancel()
        desk.close()
        await serving.value
        await desk.exported()
        if case .signal(let number) = end { return .signal(number) }
        if case .failure(let error) = await playing.result, !(error is CancellationError) { throw error }
        return .done
    }

    /// What was to be seen so long after the start, or at the end.
    package func snapshot(at span: Nanoseconds?) async throws -> Snapshot {
        let player = RecordingPlayer(
            reader: reader, speed: nil, until: span.map { reader.session.started.moment + $0 })
        try await player.play()
        return await player.collector.snapshotNow()
    }

    package func write(_ export: MarkdownExport, force: Bool) async throws {
        let snapshot = try await snapshot(at: nil)
        let losses = try losses()
        try await FileWork.run { () throws(CommandFailure) in
            try export.write(snapshot, losses: losses, force: force)
        }
    }

    private func losses() throws -> RecordingLosses {
        do throws(RecordingError) { return try reader.losses } catch {
            throw CommandFailure("\(error)", .fileUnusable)
        }
    }
}
