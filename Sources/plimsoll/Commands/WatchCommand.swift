import ArgumentParser
import Client
import Measure
import Session
import System
import Wire

struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Look at servers and GPUs, and send them nothing.",
        discussion: """
            Reads the servers' own pages of metrics. Without a URL it finds the servers of this machine, and those that \
            start later. Only --canary sends requests: to each of them.
            """)

    @Argument(
        help:
            "http://host:8000, its /v1, its page of metrics, or host:port; a DCGM exporter's page; up to 64."
    )
    var urls: [String] = []

    @OptionGroup(title: "Watch") var watch: WatchOptions
    @OptionGroup(title: "Canary") var canary: CanaryOptions
    @OptionGroup(title: "Connection") var connection: ConnectionOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Screen") var screen: ScreenOptions

    func validate() throws {
        guard !watch.noDiscover || !urls.isEmpty else {
            throw ValidationError("--no-discover needs a URL")
        }
        guard urls.count <= WatchRequest.mostServers else {
            throw ValidationError(
                "at most \(WatchRequest.mostServers) servers at once; \(urls.count) were given")
        }
        if watch.once, output.csv != nil, output.record == nil {
            throw ValidationError("--csv is made from the recording: with --once it needs --record")
        }
        if watch.once, watch.duration != nil { throw ValidationError("--once and --for exclude each other") }
        if watch.once, canary.canary != nil {
            throw ValidationError(
                "--once and --canary exclude each other; plimsoll probe URL measures one answer")
        }
        _ = try addresses()
    }

    func run() async throws {
        let addresses = try addresses()
        var options = watch.recorded.merging(connection.recorded) { own, _ in own }
            .merging(canary.recorded) { own, _ in own }
        var plan = try watch.plan()
        plan.canary = canary.canary?.nanoseconds
        var client = try await FileWork.run { [connection] in
            try connection.clientSettings(for: addresses.map(\.address))
        }
        client.api = canary.wanted.api
        if !client.headers.isEmpty { options["header"] = client.headers.map(\.name).joined(separator: ", ") }
        let lines: @Sendable (LineSeeker) async -> RecordedLine?
        if let file = watch.line {
            let chosen = try await ChosenLines(file: file)
            lines = { chosen.line(for: $0) }
        } else {
            let library = LoadLineLibrary(environment: Environment.variables)
            lines = { await library.line(for: $0) }
        }
        let session = WatchSession(
            WatchRequest(
                version: Plimsoll.version, addresses: addresses, client: client, plan: plan,
                isOnce: watch.once, watchesGPUs: !watch.noGpu, model: canary.wanted.model,
                lines: lines, options: options,
                output: output.output(recordsUnasked: !watch.once),
                screen: try screen.setup(if: output.wantsScreen && !watch.once)),
            parts: SessionParts(console: StandardConsole(), signals: { StopSignals() }))
        ExitStatus.leave(try await session.run())
    }

    private func addresses() throws -> [WatchedAddress] {
        try urls.map { text in
            do throws(EndpointAddress.ParseError) { return try WatchedAddress(parsing: text) } catch {
                throw ValidationError(error.message)
            }
        }
    }
}
