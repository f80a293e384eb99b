import ArgumentParser
import Client
import Measure

/// The only thing that a watch may send.
struct CanaryOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Send each server one small request that often (1s to 24h), to those that are found, too, and show what a "
                + "client meets with. Its tokens are counted. Nothing is sent, if not given.",
            valueName: "time"),
        transform: TimeSpan.parse)
    var canary: TimeSpan?

    @OptionGroup var wanted: ModelOptions

    private static let intervals = Nanoseconds.second...86_400 * Nanoseconds.second

    func validate() throws {
        guard let canary else {
            guard wanted.isEmpty else {
                throw ValidationError("--model and --api say what --canary asks for: give it, too")
            }
            return
        }
        guard Self.intervals.contains(canary.nanoseconds) else {
            throw ValidationError("--canary \(canary.text) is not from 1s to 24h")
        }
    }

    /// For the recording: as one would type them.
    var recorded: [String: String] {
        var options = wanted.recorded
        if let canary { options["canary"] = canary.text }
        return options
    }
}
