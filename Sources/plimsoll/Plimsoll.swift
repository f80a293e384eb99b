import ArgumentParser
import Client
import Session
import System
import Terminal

/// The command line: wiring only. What the program does is in the other rooms.
@main
struct Plimsoll: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "plimsoll",
        abstract:
            "The load line for LLM endpoints: sweeps the concurrency and draws what it does to latency.",
        discussion: """
            Start with `plimsoll demo`; then `plimsoll sweep http://host:8000`.

            Exit codes: 0 every endpoint gave what was asked, and has a load line where a budget was set · \
            1 the smallest load is over the budget, or too many requests failed · 2 wrong usage · \
            3 an endpoint can't be reached or answered nothing · 4 a file or standard output can't be read or \
            written · 5 no verdict on the budget, or stopped by q before there was one · \
            128+n ended by signal n. Of several: the signal, then 4, 3, 1, 5.
            """,
        version: version,
        subcommands: [
            DemoCommand.self, SweepCommand.self, WatchCommand.self, ReplayCommand.self, ExportCommand.self,
            ProbeCommand.self,
            SimulateCommand.self,
        ])

    static func main() async {
        StandardStreams.prepare()
        let files = OpenFiles.raiseLimit()
        FileDescriptorLimit.boundLoops()
        do {
            // Before anybody else has time to look; parsing has its own copy.
            let arguments = Array(CommandLine.arguments.dropFirst())
            HiddenArguments.hide()
            try FirstWord.check(arguments, commands: commands)
            var command = try parseAsRoot(arguments)
            guard files >= FileDescriptorLimit.least else {
                throw CommandFailure(
                    "this process may have \(files) files open, and plimsoll needs \(FileDescriptorLimit.least): "
                        + "raise the limit with ulimit -n \(FileDescriptorLimit.least)", .wrongUsage)
            }
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            ExitStatus.leave(.done)
        } catch let failure as CommandFailure {
            StandardStreams.complain(failure.message)
            ExitStatus.leave(failure.status)
        } catch {
            // Help and the version are "errors" to the parser, too.
            guard exitCode(for: error) != .success else {
                StandardStreams.output(fullMessage(for: error) + "\n")
                ExitStatus.leave(.done)
            }
            StandardStreams.complain("\(message(for: error)) (see: \(helpCommand))")
            ExitStatus.leave(.wrongUsage)
        }
    }

    private static var commands: [String] { configuration.subcommands.map { $0._commandName } }

    /// What to type to read about what was being tried.
    private static var helpCommand: String {
        let named = CommandLine.arguments.dropFirst().first.flatMap { commands.contains($0) ? $0 : nil }
        return ["plimsoll", named, "--help"].compactMap(\.self).joined(separator: " ")
    }
}
