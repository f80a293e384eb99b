import ArgumentParser
import Recording

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a recording as CSV: requests.csv, levels.csv, and the rest.")

    @Argument(help: "A recording.")
    var file: String

    @Option(help: ArgumentHelp("The folder to write to.", valueName: "dir"))
    var csv: String

    func run() throws {
        let reader: RecordingReader
        do throws(RecordingError) { reader = try RecordingReader.open(path: file) } catch {
            throw CommandFailure("\(error)", .wrongUsage)
        }
        do throws(RecordingError) {
            StandardStreams.output(
                ExportReport.text(try CSVExport.write(from: reader, to: csv), directory: csv))
        } catch {
            let status: ExitStatus = if case .damaged = error { .wrongUsage } else { .cannotWrite }
            throw CommandFailure("\(error)", status)
        }
    }
}
