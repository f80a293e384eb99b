package import Client
package import Measure
import Telemetry
package import Wire

/// All that a sweep needs to know, from whatever command it was asked for.
package struct SessionRequest: Sendable {
    var command: String
    /// plimsoll's own.
    var version: String
    var addresses: [EndpointAddress]
    var client: ClientSettings
    var model: String?
    var plan: SessionPlan
    /// The endpoints may run on GPUs of this machine.
    var watchesGPUs = true
    /// How often servers' pages are read inside a window; nil: not at all.
    var scrape: Nanoseconds?
    package static let usualScrape = ScrapePace.standard
    /// As one would type them, for the recording.
    var options: [String: String]
    var output: SessionOutput
    /// nil: progress goes to standard error.
    var screen: ScreenSetup?
    /// Whether a budget holds is what is asked; the demo only shows one.
    var wantsLoadLine = true
    /// Shown after the summary; the demo's truth.
    var epilogue: @Sendable (Snapshot) async -> String? = { _ in nil }

    package init(
        command: String, version: String, addresses: [EndpointAddress], client: ClientSettings,
        model: String?, plan: SessionPlan, watchesGPUs: Bool = true,
        scrape: Nanoseconds? = SessionRequest.usualScrape, options: [String: String],
        output: SessionOutput, screen: ScreenSetup?, wantsLoadLine: Bool = true,
        epilogue: @escaping @Sendable (Snapshot) async -> String? = { _ in nil }
    ) {
        self.command = command
        self.version = version
        self.addresses = addresses
        self.client = client
        self.model = model
        self.plan = plan
        self.watchesGPUs = watchesGPUs
        self.scrape = scrape
        self.options = options
        self.output = output
        self.screen = screen
        self.wantsLoadLine = wantsLoadLine
        self.epilogue = epilogue
    }
}
