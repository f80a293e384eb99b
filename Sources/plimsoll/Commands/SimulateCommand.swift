import ArgumentParser
import Measure
import Session
import Simulator
import System

struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "The simulated endpoint alone.",
        discussion: "Faults, for --fault or as the model fault:NAME:PROBABILITY:\n"
            + SimulatorFault.allCases.map { "  \($0.rawValue): \($0.summary)" }.joined(separator: "\n"))

    @Option(help: ArgumentHelp("0 takes any free one.", valueName: "n"))
    var port = 8000

    @Option(help: ArgumentHelp("The address to listen on.", valueName: "host"))
    var host = "127.0.0.1"

    @Option(help: ArgumentHelp("Sequences that run at once.", valueName: "n"))
    var slots = 64

    @Option(help: ArgumentHelp("A decode step's length without any sequence.", valueName: "time"))
    var step = TimeSpan.standard("6ms")

    @Option(help: ArgumentHelp("What each sequence adds to a step, in microseconds.", valueName: "µs"))
    var stepPerSequence = 30

    @Option(help: ArgumentHelp("Prompt tokens a second.", valueName: "n"))
    var prefill = 400_000.0

    @Option(
        help: ArgumentHelp("Fixed speed instead of batching: time to the first token.", valueName: "time"))
    var pacedTtft: TimeSpan?

    @Option(
        help: ArgumentHelp("Fixed speed instead of batching: time for each further token.", valueName: "time")
    )
    var pacedTpot: TimeSpan?

    @Option(
        help: ArgumentHelp("From this number of users on, TTFT is longer by --ttft-step.", valueName: "n"))
    var ttftStepUsers: Int?

    @Option(help: ArgumentHelp("How much longer.", valueName: "time"))
    var ttftStep: TimeSpan?

    @Option(help: ArgumentHelp("A fault for all requests, as NAME or NAME:PROBABILITY.", valueName: "fault"))
    var fault: String?

    @Option(
        help: ArgumentHelp(
            "How long faults that wait do so, instead of each one's own time.", valueName: "time"))
    var faultTime: TimeSpan?

    @Option(help: ArgumentHelp("Refuse requests without this bearer token.", valueName: "key"))
    var requireKey: String?

    @Flag(help: "Close the connection after each streamed answer, as llama-server does.")
    var closeAfterStream = false

    @Option(
        help: ArgumentHelp("Engines that its page of metrics tells of, each in turn.", valueName: "n"))
    var engines = 1

    @Flag(help: "The last engine gets as many requests as all others together.")
    var lopsided = false

    @Option(
        help: ArgumentHelp(
            "Tokens that its KV cache holds: where they are too few, requests wait and are preempted.",
            valueName: "n"))
    var kvTokens: Int?

    @Option(help: ArgumentHelp("Event loops.", valueName: "n"))
    var loops = 1

    func run() async throws {
        guard (ttftStepUsers == nil) == (ttftStep == nil) else {
            throw CommandFailure("--ttft-step-users and --ttft-step go together", .wrongUsage)
        }
        let server: SimulatedServer
        do throws(SimulatorError) {
            server = try await SimulatedServer.start(try settings(), host: host, port: port, loops: loops)
        } catch {
            throw CommandFailure(Self.inWords(error), .wrongUsage)
        }
        StandardStreams.output(
            "\(server.url)  model \(server.settings.model)  (truth at \(server.url)/truth; ^C ends)\n")
        // Nobody will learn its address.
        guard !StandardStreams.hasLostOutput else { ExitStatus.leave(.fileUnusable) }
        let signals = StopSignals()
        for await number in signals.stream {
            await server.stop()
            ExitStatus.leave(.signal(number))
        }
    }

    /// The option that sets what the simulator calls by another name.
    private static let options = [
        "port": "--port", "loops": "--loops", "slots": "--slots", "stepBase": "--step",
        "stepPerSequence": "--step-per-sequence", "prefillRate": "--prefill", "ttft": "--paced-ttft",
        "tpot": "--paced-tpot", "ttftStep": "--ttft-step-users, --ttft-step", "engines": "--engines",
        "kvTokens": "--kv-tokens",
        "faultTime": "--fault-time",
    ]

    private static func inWords(_ error: SimulatorError) -> String {
        guard case .invalidSetting(let name, let problem) = error, let option = options[name] else {
            return "\(error)"
        }
        return "\(option) \(problem)"
    }

    private func settings() throws(SimulatorError) -> SimulatorSettings {
        var latencyStep: LatencyStep?
        if let ttftStepUsers, let ttftStep {
            latencyStep = LatencyStep(users: ttftStepUsers, extra: ttftStep.nanoseconds)
        }
        let mode: SimulatorSettings.Mode
        if pacedTtft != nil || pacedTpot != nil {
            let standard = PacedModel()
            mode = .paced(
                PacedModel(
                    ttft: pacedTtft?.nanoseconds ?? standard.ttft,
                    tpot: pacedTpot?.nanoseconds ?? standard.tpot,
                    ttftStep: latencyStep))
        } else {
            mode = .batching(
                BatchingModel(
                    slots: slots, stepBase: step.nanoseconds,
                    // Clamped, not trapped: what is too long is refused like the rest.
                    stepPerSequence: .seconds(Double(stepPerSequence) / 1e6), prefillRate: prefill,
                    ttftStep: latencyStep))
        }
        var settings = SimulatorSettings(
            mode: mode, requiredKey: requireKey, closesAfterStream: closeAfterStream,
            faultTime: faultTime?.nanoseconds, engines: engines, isLopsided: lopsided,
            kvTokens: kvTokens)
        if let fault { settings.fault = try FaultChoice(parsing: fault) }
        return settings
    }
}
