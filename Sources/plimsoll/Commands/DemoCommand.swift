import ArgumentParser
import Charts
import Measure
import Session
import Simulator
import System
import Wire

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "A simulated endpoint, swept live in about 40 seconds: nothing to set up.")

    @Flag(
        help:
            "Watch two simulated servers under changing traffic for a minute instead; one of them gets into trouble."
    )
    var watch = false

    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Screen") var screen: ScreenOptions

    private static let inputTokens = 128
    private static let outputTokens = 64
    private static let users = [1, 2, 4, 8, 16, 32, 48, 64, 96, 128]
    /// Of medians: three seconds of a server that answers all in one rhythm are worth a dozen independent answers, and
    /// nothing else can be decided from so few.
    private static let budget = "ttft:p50<150ms,tpot:p50<20ms"

    func run() async throws {
        try output.output.check()
        if watch {
            ExitStatus.leave(
                try await WatchDemo(
                    output: output.output, screen: try screen.setup(if: output.wantsScreen)
                ).run())
        }
        let server = try await SimulatedServer.forDemo(SimulatorSettings())
        let plan = SweepPlan(
            levels: .list(Self.users), dwell: 3 * .second, warmUp: 500 * .millisecond,
            longestWarmUp: 3 * .second, shortestDwell: 2 * .second, longestDwell: 3 * .second,
            budget: try LatencyBudget(parsing: Self.budget), bisects: false)
        let settings = server.settings
        let session = SweepSession(
            try SessionRequest(
                command: "demo", version: Plimsoll.version,
                addresses: [try EndpointAddress(parsing: server.url)],
                client: try EndpointOptions.parse([]).clientSettings(), model: nil,
                plan: SessionPlan(
                    workload: Workload(inputTokens: Self.inputTokens, outputTokens: Self.outputTokens),
                    sweep: plan, seed: 1),
                watchesGPUs: false,
                options: [
                    "dwell": "3s", "users": Self.users.map(String.init).joined(separator: ","),
                    "budget": Self.budget,
                    "input-tokens": "\(Self.inputTokens)", "output-tokens": "\(Self.outputTokens)",
                ], output: output.output, screen: try screen.setup(if: output.wantsScreen),
                wantsLoadLine: false,
                epilogue: { snapshot in Self.truth(settings, snapshot) }
            ).fittingDescriptors(perUser: 2, console: StandardConsole()),
            parts: SessionParts(console: StandardConsole(), signals: { StopSignals() }))
        ExitStatus.leave(try await session.run())
    }

    /// What the plateau should have been, from the simulator's closed formula.
    private static func truth(_ settings: SimulatorSettings, _ snapshot: Snapshot) -> String? {
        guard let ceiling = settings.ceiling(inputTokens: inputTokens, outputTokens: outputTokens),
            let plateau = snapshot.endpoints.first?.plateau
        else { return nil }
        let off = Format.signedPercent(plateau.throughput / ceiling - 1)
        return "the simulator's truth: \(Format.speed(ceiling)) tok/s; measured \(off) off\n"
    }
}
