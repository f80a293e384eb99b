import ArgumentParser
import Recording
import Session

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a recording as CSV: requests.csv, levels.csv, and the rest.")

    @Argument(help: "A recording.")
    var file: String

    @Option(help: ArgumentHelp("The folder to write to.", valueName: "dir"))
    var csv: String

    @Flag(help: "Replace files of that name.")
    var force = false

    func run() throws {
        do throws(RecordingError) {
            let reader = try RecordingReader.open(path: file)
            StandardStreams.output(
                ExportReport.text(try CSVExport.write(from: reader, to: csv, force: force), directory: csv))
            if let sentence = try reader.losses.sentence { StandardStreams.complain(sentence) }
        } catch {
            throw CommandFailure("\(error)", .fileUnusable)
        }
    }
}
