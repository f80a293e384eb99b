import ArgumentParser
import Collector
import Dashboard
import Measure
import Recording
import Terminal

struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "A recording in the dashboard, or its summary without a terminal.")

    @Argument(help: "A recording.")
    var file: String

    @Option(help: ArgumentHelp("How many times faster than it was.", valueName: "factor"))
    var speed = 4.0

    @Flag(help: "No screen: print the summary.")
    var headless = false

    @OptionGroup(title: "Screen") var screen: ScreenOptions

    func validate() throws {
        guard speed.isFinite, speed > 0, speed <= 10_000 else {
            throw ValidationError("--speed \(speed) is not above 0 and at most 10000")
        }
    }

    func run() async throws {
        let reader: RecordingReader
        do throws(RecordingError) { reader = try RecordingReader.open(path: file) } catch {
            throw CommandFailure("\(error)", .wrongUsage)
        }
        let wantsScreen = !headless && StandardStreams.outputIsTerminal
        let traits = wantsScreen ? try screen.traits() : nil
        let player = RecordingPlayer(reader: reader, speed: traits == nil ? nil : speed)
        guard let traits else {
            try await player.play()
            StandardStreams.output(SummaryReport(await player.collector.snapshotNow(), recording: nil).text)
            return
        }
        let desk = ScreenDesk()
        let application = SweepApplication(
            dashboard: try screen.dashboard(for: traits, mode: .replay), snapshots: player.collector.snapshots,
            desk: desk)
        let playing = Task { try await player.play() }
        let serving = Task {
            for await wish in desk.wishes where wish == .export { RecordingExporter.export(file, desk: desk) }
        }
        let end: TerminalEnd
        do throws(TerminalError) { end = try await TerminalSession.run(application, traits: traits).end } catch {
            throw CommandFailure("\(error)", .wrongUsage)
        }
        playing.cancel()
        desk.close()
        await serving.value
        if case .signal(let number) = end { ExitStatus.leave(.signal(number)) }
        if case .failure(let error) = await playing.result, !(error is CancellationError) { throw error }
    }
}
