import ArgumentParser
import Client
import Measure
import Session
import Simulator
import System
import Wire

/// `demo --watch`: two simulated servers under changing traffic, in this process.
struct WatchDemo {
    let output: SessionOutput
    let screen: ScreenSetup?

    private static let workload = Workload(inputTokens: 256, outputTokens: 320)

    /// Answers end where they would by themselves.
    private static let fixedLengths: Set<String> = ["ignore_eos", "min_tokens"]

    /// One that has room for all that come, and one whose KV cache holds some twenty requests.
    private static let servers = [
        SimulatorSettings(
            model: "simulated-8b", refusedFields: fixedLengths, naturalLength: 96...288, kvTokens: 24_000),
        SimulatorSettings(
            model: "simulated-70b",
            mode: .batching(BatchingModel(slots: 48, stepBase: 14 * .millisecond, prefillRate: 60_000)),
            refusedFields: fixedLengths, naturalLength: 96...288, contextLength: 8_192, kvTokens: 8_192),
    ]

    func run() async throws -> Session.ExitStatus {
        var servers: [SimulatedServer] = []
        for settings in Self.servers { servers.append(try await .forDemo(settings)) }
        let parts = SessionParts(console: StandardConsole(), signals: { StopSignals() })
        let client = try ConnectionOptions.parse([]).clientSettings()
        let traffic = try await ScriptedTraffic(
            .demo, on: servers.map { try EndpointAddress(parsing: $0.url) }, workload: Self.workload,
            client: client, parts: parts)
        let users = Task { try await traffic.run() }
        let session = WatchSession(
            WatchRequest(
                command: "demo", version: Plimsoll.version,
                addresses: try servers.map { try WatchedAddress(parsing: $0.url) }, client: client,
                plan: WatchPlan(interval: .second, duration: TrafficScript.demo.length), watchesGPUs: false,
                output: output, screen: screen),
            parts: parts)
        let result: Result<Session.ExitStatus, any Error>
        do { result = .success(try await session.run()) } catch { result = .failure(error) }
        users.cancel()
        _ = await users.result
        for server in servers { await server.stop() }
        return try result.get()
    }
}

extension SimulatedServer {
    /// - Throws: why it can't be had.
    static func forDemo(_ settings: SimulatorSettings) async throws(CommandFailure) -> SimulatedServer {
        do throws(SimulatorError) { return try await start(settings) } catch {
            throw CommandFailure("\(error)", .endpointUnusable)
        }
    }
}
