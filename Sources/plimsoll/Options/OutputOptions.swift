import ArgumentParser
import Session

/// Where the results go.
struct OutputOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The recording's file; by default one under ~/.local/state/plimsoll.", valueName: "file"))
    var record: String?

    @Flag(help: "Record nothing.")
    var noRecord = false

    @Flag(
        help:
            "No screen: progress on standard error, the table at the end. By itself when standard output is no terminal."
    )
    var headless = false

    @Flag(
        help:
            "Print JSON on standard output, and nothing else there: one document; of a watch, a line an interval. Implies --headless."
    )
    var json = false

    @Option(
        help: ArgumentHelp(
            "Write tables there at the end: levels.csv, requests.csv and the rest; of a watch servers.csv, gpus.csv and events.csv.",
            valueName: "dir"))
    var csv: String?

    @Option(
        help: ArgumentHelp(
            "Write what the session does there, a line at a time, for whoever looks for a fault later; without secrets.",
            valueName: "file"))
    var log: String?

    @Flag(help: "Replace files that --record, --csv and --log name.")
    var force = false

    @Flag(help: "Stay on the final screen until q is pressed, as any key in its first 5 s does, too.")
    var stay = false

    @Flag(help: "When the terminal goes away, go on without it.")
    var keepRunning = false

    func validate() throws {
        if noRecord, record != nil { throw ValidationError("--record and --no-record exclude each other") }
        if noRecord, csv != nil {
            throw ValidationError("--csv is made from the recording: it can't go with --no-record")
        }
    }

    var output: SessionOutput { output(recordsUnasked: true) }

    /// - Parameter recordsUnasked: where nothing is said of a recording, there is one.
    func output(recordsUnasked: Bool) -> SessionOutput {
        SessionOutput(
            recording: noRecord || record == nil && !recordsUnasked
                ? .nowhere : record.map { .file($0) } ?? .standard(environment: Environment.variables),
            json: json, csv: csv, log: log, force: force, stay: stay, keepRunning: keepRunning)
    }

    var wantsScreen: Bool { !headless && !json && StandardStreams.outputIsTerminal }
}
