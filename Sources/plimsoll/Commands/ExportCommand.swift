import ArgumentParser
import Recording
import Session

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a recording as CSV: requests.csv, levels.csv, and the rest.")

    @Argument(help: "A recording.")
    var file: String

    @Option(help: ArgumentHelp("The folder to write to.", valueName: "dir"))
    var csv: String

    @Flag(help: "Replace files of that name.")
    var force = false

    @OptionGroup(title: "Cost, in place of what was said when it was recorded") var cost: PriceOptions

    func run() async throws {
        let prices = try cost.prices()
        do throws(RecordingError) {
            let (files, lost) = try await FileWork.run { [self] () throws(RecordingError) in
                let reader = try RecordingReader.open(path: file, prices: prices)
                return (try CSVExport.write(from: reader, to: csv, force: force), try reader.losses.sentence)
            }
            StandardStreams.output(ExportReport.text(files, directory: csv))
            if let lost { StandardStreams.complain(lost) }
        } catch {
            throw CommandFailure("\(error)", .fileUnusable)
        }
    }
}
