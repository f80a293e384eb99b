package import Client
package import Measure

/// All that a watch needs to know.
package struct WatchRequest: Sendable {
    package static let mostServers = 64
    /// Between the looks of `--once`; with a budget there must be something to judge.
    static let onceInterval = Nanoseconds.second
    static let onceJudging = 10 * Nanoseconds.second

    /// "watch", or "demo".
    var command: String
    /// plimsoll's own.
    var version: String
    /// None: the servers of this machine, as they are found.
    var addresses: [WatchedAddress]
    var client: ClientSettings
    var plan: WatchPlan
    /// Two looks, and that is all.
    var isOnce: Bool
    var watchesGPUs: Bool
    /// What canaries ask for; nil: the first model that answers.
    var model: String?
    /// The load lines that were measured before.
    var lines: @Sendable (LineSeeker) async -> RecordedLine?
    /// As one would type them, for the recording.
    var options: [String: String]
    var output: SessionOutput
    /// nil: lines go to standard error.
    var screen: ScreenSetup?

    package init(
        command: String = "watch", version: String, addresses: [WatchedAddress], client: ClientSettings,
        plan: WatchPlan, isOnce: Bool = false, watchesGPUs: Bool = true,
        model: String? = nil,
        lines: @escaping @Sendable (LineSeeker) async -> RecordedLine? = { _ in nil },
        options: [String: String] = [:],
        output: SessionOutput, screen: ScreenSetup? = nil
    ) {
        self.command = command
        self.version = version
        self.addresses = WatchedAddress.distinct(addresses)
        self.client = client
        self.plan = plan
        self.isOnce = isOnce
        self.watchesGPUs = watchesGPUs
        self.model = model
        self.lines = lines
        self.options = options
        self.output = output
        self.screen = screen
        if isOnce { self.plan.interval = plan.budget == nil ? Self.onceInterval : Self.onceJudging }
    }

    var interval: Nanoseconds { plan.interval }
    var discovers: Bool { addresses.isEmpty }
}
