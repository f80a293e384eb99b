package import Client
package import Measure
package import Recording
package import Telemetry
package import Terminal
package import Wire

/// What a session is made of: the real things, but where a test puts in its own.
package struct SessionParts: Sendable {
    package var clock: any TimeSource = SystemTime()
    /// Waits by that clock.
    package var wait: @Sendable (Nanoseconds) async -> Void = { try? await Task.sleep(for: .nanoseconds($0)) }
    package var console: any Console
    package var signals: @Sendable () -> any StopRequests
    /// Asks an endpoint what it is.
    package var ask:
        @Sendable (EndpointDiscovery, EndpointAddress, EndpointID, _ model: String?)
            async throws(DiscoveryError) -> DiscoveredEndpoint = {
                (discovery, address, id, model) async throws(DiscoveryError) in
                var endpoint = try await discovery.discover(address, id: id, model: model)
                await endpoint.learnVersion()
                return endpoint
            }
    package var load:
        @Sendable (SourceID, [DiscoveredEndpoint], SessionPlan) async throws -> any SessionLoad = {
            try await LoadGenerator.start($0, on: $1, plan: $2)
        }
    /// Their sources are numbered from the id given.
    package var witnesses: @Sendable (SourceID, [DiscoveredEndpoint], SessionRequest) -> Witnesses = {
        MachineWitness.all(
            of: $1, from: $0, watchesGPUs: $2.watchesGPUs, pace: ScrapePace(insideWindows: $2.scrape),
            scrubber: $2.client.scrubber)
    }
    /// This machine's GPUs; and its processes, with the ports on which they listen.
    package var gpus: @Sendable (SourceID) -> any Source = { GPUWatch(id: $0) }
    package var processes: @Sendable () -> ProcessTable = { ProcessTable() }
    package var recorder:
        @Sendable (_ path: String, SessionInfo, _ force: Bool) throws(RecordingError) -> Recorder = {
            (path, session, force) throws(RecordingError) in
            try Recorder.create(path: path, session: session, force: force)
        }
    package var terminal:
        @Sendable (SweepApplication, TerminalTraits) async throws(TerminalError) -> ScreenEnd = {
            (application, traits) async throws(TerminalError) in
            let outcome = try await TerminalSession.run(application, traits: traits)
            return ScreenEnd(end: outcome.end, isStuck: outcome.output.unsent > 0)
        }

    package init(console: any Console, signals: @escaping @Sendable () -> any StopRequests) {
        self.console = console
        self.signals = signals
    }
}

/// How a screen ended.
package struct ScreenEnd: Sendable {
    package var end: TerminalEnd
    /// The terminal takes nothing any more: printing would wait for ever.
    package var isStuck: Bool

    package init(end: TerminalEnd, isStuck: Bool = false) {
        self.end = end
        self.isStuck = isStuck
    }
}
