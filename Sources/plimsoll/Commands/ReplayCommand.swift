import ArgumentParser
import Canvas
import Collector
import Dashboard
import Measure
import Recording
import Session
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

    @Option(
        help: ArgumentHelp("Draw the screen into this SVG file instead of on a terminal.", valueName: "file"))
    var picture: String?

    @Option(
        help: ArgumentHelp(
            "With --picture: this long after the session's start; at its end, if not given.",
            valueName: "time"),
        transform: TimeSpan.parse)
    var at: TimeSpan?

    @Option(help: ArgumentHelp("With --picture: the screen's size.", valueName: "WxH"))
    var size = "120x40"

    @Flag(help: "With --picture: replace the file.")
    var force = false

    @OptionGroup(title: "Screen") var screen: ScreenOptions

    func validate() throws {
        _ = try pictureSize()
        guard speed.isFinite, speed > 0, speed <= 10_000 else {
            throw ValidationError("--speed \(speed) is not above 0 and at most 10000")
        }
    }

    func run() async throws {
        let reader: RecordingReader
        do throws(RecordingError) { reader = try RecordingReader.open(path: file) } catch {
            throw CommandFailure("\(error)", .fileUnusable)
        }
        if let picture { return try await draw(reader, to: picture) }
        let screen = try screen.setup(if: !headless && StandardStreams.outputIsTerminal)
        let player = RecordingPlayer(reader: reader, speed: screen == nil ? nil : speed)
        guard let screen else {
            try await player.play()
            StandardStreams.output(
                SummaryReport(
                    await player.collector.snapshotNow(), recording: nil, width: StandardStreams.outputWidth,
                    losses: try Self.losses(of: reader)
                ).text)
            return
        }
        let desk = ScreenDesk()
        if let sentence = try Self.losses(of: reader).sentence { desk.notify(sentence, isError: true) }
        let application = SweepApplication(
            dashboard: screen.dashboard(mode: .replay),
            snapshots: player.collector.snapshots,
            desk: desk)
        let playing = Task { try await player.play() }
        let serving = Task {
            for await wish in desk.wishes where wish == .export { RecordingExporter.export(file, desk: desk) }
        }
        let end: TerminalEnd
        do throws(TerminalError) {
            end = try await TerminalSession.run(application, traits: screen.traits).end
        } catch {
            throw CommandFailure("\(error)", .wrongUsage)
        }
        playing.cancel()
        desk.close()
        await serving.value
        if case .signal(let number) = end { ExitStatus.leave(.signal(number)) }
        if case .failure(let error) = await playing.result, !(error is CancellationError) { throw error }
    }

    private static func losses(of reader: RecordingReader) throws -> RecordingLosses {
        do throws(RecordingError) { return try reader.losses } catch {
            throw CommandFailure("\(error)", .fileUnusable)
        }
    }

    private func pictureSize() throws -> (width: Int, height: Int) {
        let numbers = size.split(separator: "x").compactMap { Int($0) }
        guard numbers.count == 2, numbers.allSatisfy({ (1...1000).contains($0) }) else {
            throw ValidationError("--size “\(size)” is not a size such as 120x40")
        }
        return (numbers[0], numbers[1])
    }

    private func draw(_ reader: RecordingReader, to path: String) async throws {
        do throws(OutputError) { try OutputFile.check(path, force: force) } catch {
            throw Self.unwritten(error)
        }
        let player = RecordingPlayer(reader: reader, speed: nil)
        try await player.play(until: at.map { reader.session.started.moment + $0.nanoseconds })
        let snapshot = await player.collector.snapshotNow()
        let (themes, selected) = try screen.themes()
        var dashboard = Dashboard(
            themes: themes, selectedTheme: selected, glyphs: screen.charset ?? .braille, mode: .replay,
            band: screen.bands)
        let (width, height) = try pictureSize()
        let canvas = dashboard.draw(snapshot, width: width, height: height, now: snapshot.at)
        do throws(OutputError) {
            try OutputFile.write(CanvasPicture(canvas).svg, to: path, force: force)
        } catch {
            throw Self.unwritten(error)
        }
    }

    private static func unwritten(_ error: OutputError) -> CommandFailure {
        CommandFailure("can't write the picture \(error.path): \(error.reason)", .fileUnusable)
    }
}
