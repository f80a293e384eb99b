import ArgumentParser
import Measure
import Recording
import Session
import System

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a recording as CSV (requests.csv, levels.csv, and the rest), or as a report to send."
    )

    @Argument(help: "A recording.")
    var file: String

    @Option(help: ArgumentHelp("The folder to write tables to.", valueName: "dir"))
    var csv: String?

    @Option(
        help: ArgumentHelp(
            "Write the verdict, the levels and what they were measured on there, and the curve as an SVG beside it.",
            valueName: "file"))
    var markdown: String?

    @Flag(help: "Replace files of that name.")
    var force = false

    @OptionGroup(title: "Cost, in place of what was said when it was recorded") var cost: PriceOptions

    func validate() throws {
        guard csv != nil || markdown != nil else {
            throw ValidationError("give --csv DIR, --markdown FILE, or both")
        }
    }

    func run() async throws {
        let prices = try cost.prices()
        let report = markdown.map(MarkdownExport.init(to:))
        try report?.check(force: force)
        if let csv { try await writeTables(to: csv, prices) }
        guard let report else { return }
        let session = try await ReplaySession(
            file, prices: prices, parts: SessionParts(console: StandardConsole(), signals: { StopSignals() }))
        try await session.write(report, force: force)
        StandardStreams.output("plimsoll: \(report.path), \(report.picture)\n")
    }

    private func writeTables(to folder: String, _ prices: Prices?) async throws {
        do throws(RecordingError) {
            let (files, lost) = try await FileWork.run { [file, force] () throws(RecordingError) in
                let reader = try RecordingReader.open(path: file, prices: prices)
                return (
                    try TableExport.write(from: reader, to: folder, force: force), try reader.losses.sentence
                )
            }
            StandardStreams.output(ExportReport.text(files, directory: folder))
            if let lost { StandardStreams.complain(lost) }
        } catch {
            throw CommandFailure("\(error)", .fileUnusable)
        }
    }
}
