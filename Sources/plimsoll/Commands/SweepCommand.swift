import ArgumentParser
import Client
import Measure
import Session
import System

struct SweepCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep", abstract: "Find the plateau and the load line of one or more endpoints.")

    @Argument(help: "http://host:8000, http://host:8000/v1 or the full route; up to 8.")
    var urls: [String]

    @OptionGroup(title: "Endpoint") var endpoint: EndpointOptions
    @OptionGroup(title: "Load") var load: LoadOptions
    @OptionGroup(title: "Cost") var cost: PriceOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Screen") var screen: ScreenOptions

    func run() async throws {
        var options = load.recorded.merging(cost.recorded) { own, _ in own }
            .merging(endpoint.recorded) { own, _ in own }
        let addresses = try EndpointOptions.addresses(urls)
        let client = try await FileWork.run { [endpoint] in try endpoint.clientSettings(for: addresses) }
        if !client.headers.isEmpty { options["header"] = client.headers.map(\.name).joined(separator: ", ") }
        var plan = try load.plan()
        plan.prices = try cost.prices()
        let session = SweepSession(
            try SessionRequest(
                command: "sweep", version: Plimsoll.version, addresses: addresses,
                client: client, model: endpoint.model,
                plan: plan, scrape: load.scrapeInterval, options: options, output: output.output,
                screen: try screen.setup(if: output.wantsScreen)
            ).fittingDescriptors(console: StandardConsole()),
            parts: SessionParts(console: StandardConsole(), signals: { StopSignals() }))
        ExitStatus.leave(try await session.run())
    }
}
