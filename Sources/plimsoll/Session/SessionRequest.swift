import Client
import Measure
import Wire

/// All that a sweep needs to know, from whatever command it was asked for.
struct SessionRequest {
    var command: String
    var addresses: [EndpointAddress]
    var client: ClientSettings
    var model: String?
    var plan: SessionPlan
    /// The endpoints may run on GPUs of this machine.
    var watchesGPUs = true
    /// As one would type them, for the recording.
    var options: [String: String]
    var output: OutputOptions
    var screen: ScreenOptions
    /// Whether a budget holds is what is asked; the demo only shows one.
    var wantsLoadLine = true
    /// Shown after the summary; the demo's truth.
    var epilogue: @Sendable (Snapshot) async -> String? = { _ in nil }
}
