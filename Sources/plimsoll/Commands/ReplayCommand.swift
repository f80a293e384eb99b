import ArgumentParser
import Canvas
import Dashboard
import Measure
import Recording
import Session
import System

struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "A recording in the dashboard, or its summary without a terminal.")

    @Argument(help: "A recording; without one, those that there are are listed, newest first.")
    var file: String?

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

    @OptionGroup(title: "Cost, in place of what was said when it was recorded") var cost: PriceOptions
    @OptionGroup(title: "Screen") var screen: ScreenOptions

    func validate() throws {
        _ = try pictureSize()
        if let picture {
            try PictureName.check(picture)
            guard file != nil else { throw ValidationError("--picture needs a recording to draw") }
        }
        guard speed.isFinite, speed > 0, speed <= 10_000 else {
            throw ValidationError("--speed \(speed) is not above 0 and at most 10000")
        }
    }

    func run() async throws {
        guard let file else {
            return StandardStreams.output(
                try await RecordingList(environment: Environment.variables).text)
        }
        let session = try await ReplaySession(
            file, prices: try cost.prices(),
            parts: SessionParts(console: StandardConsole(), signals: { StopSignals() }))
        if let picture { return try await draw(session, to: picture) }
        guard let screen = try screen.setup(if: !headless && StandardStreams.outputIsTerminal) else {
            return try await session.summarize()
        }
        ExitStatus.leave(try await session.show(on: screen, speed: speed))
    }

    private func pictureSize() throws -> (width: Int, height: Int) {
        let numbers = size.split(separator: "x").compactMap { Int($0) }
        guard numbers.count == 2, numbers.allSatisfy({ (1...1000).contains($0) }) else {
            throw ValidationError("--size “\(size)” is not a size such as 120x40")
        }
        return (numbers[0], numbers[1])
    }

    private func draw(_ session: ReplaySession, to path: String) async throws {
        do throws(OutputError) {
            try await FileWork.run { [force] () throws(OutputError) in
                try OutputFile.check(path, force: force)
            }
        } catch {
            throw Self.unwritten(error)
        }
        let snapshot = try await session.snapshot(at: at?.nanoseconds)
        let (themes, selected) = try screen.themes()
        var dashboard = Dashboard(
            themes: themes, selectedTheme: selected, glyphs: screen.charset ?? .braille, mode: session.mode,
            band: screen.bands)
        let (width, height) = try pictureSize()
        let canvas = dashboard.draw(snapshot, width: width, height: height, now: snapshot.at)
        do throws(OutputError) {
            try await FileWork.run { [force, svg = CanvasPicture(canvas).svg] () throws(OutputError) in
                try OutputFile.write(svg, to: path, force: force)
            }
        } catch {
            throw Self.unwritten(error)
        }
    }

    private static func unwritten(_ error: OutputError) -> CommandFailure {
        CommandFailure("can't write the picture \(error.path): \(error.reason)", .fileUnusable)
    }
}
