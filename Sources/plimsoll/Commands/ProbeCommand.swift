import ArgumentParser
import Client
import Measure
import Session

struct ProbeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe", abstract: "What is this endpoint, and what can it do?")

    @Argument(help: "http://host:8000, http://host:8000/v1 or the full route.")
    var url: String

    @OptionGroup(title: "Endpoint") var endpoint: EndpointOptions

    @Option(help: ArgumentHelp("The prompt length to calibrate for.", valueName: "n"))
    var inputTokens = 128

    func validate() throws {
        guard (1...1_000_000).contains(inputTokens) else {
            throw ValidationError("--input-tokens \(inputTokens) is not from 1 to 1000000")
        }
    }

    func run() async throws {
        let addresses = try EndpointOptions.addresses([url])
        let client = try await FileWork.run { [endpoint] in try endpoint.clientSettings(for: addresses) }
        var discovery = EndpointDiscovery(
            settings: client, inputTokens: inputTokens, seed: UInt64.random(in: .min ... .max))
        discovery.report = { StandardStreams.error("plimsoll: \($0)\n") }
        for address in addresses {
            let found: DiscoveredEndpoint
            do throws(DiscoveryError) {
                found = try await discovery.discover(address, id: EndpointID(0), model: endpoint.model)
            } catch {
                throw CommandFailure("\(error)", .endpointUnusable)
            }
            let probe = try await EndpointProbe(of: found, scrubber: client.scrubber)
            StandardStreams.output(probe.text(width: StandardStreams.outputWidth))
        }
    }
}
