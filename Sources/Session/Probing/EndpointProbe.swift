import Charts
package import Client
package import Measure
import Telemetry

/// All that can be found out of one endpoint without putting load on it.
package struct EndpointProbe: Sendable {
    private let endpoint: DiscoveredEndpoint
    private let facts: ServerFacts
    private let answer: RequestRecord?
    private let metrics: MetricsOverview?

    private static let outputTokens = 16

    /// Asks for the server's pages, and for one answer.
    package init(of endpoint: DiscoveredEndpoint, scrubber: Scrubber) async throws {
        self.endpoint = endpoint
        facts = await endpoint.facts()
        metrics = await MetricsOverview.find(
            paths: endpoint.metricsPaths, scrubber: scrubber, fetch: endpoint.metricsPage)
        answer = try await endpoint.oneAnswer(outputTokens: Self.outputTokens)
    }

    /// A line each, the names in a column of their own.
    package func text(width: Int?) -> String {
        let info = endpoint.info
        let rows =
            [
                ("url", info.url.text), ("model", info.model.text),
                ("server", info.server?.text ?? Format.unknown),
                ("version", facts.version?.text ?? Format.unknown),
                ("context", facts.contextLength.map { "\($0) tokens" } ?? Format.unknown),
                ("API", info.dialect), ("takes", info.capabilities.joined(separator: ", ")),
                ("prompts", prompts), ("TTFT", timeToFirstToken), ("metrics", metricsText),
            ] + endpoint.notes.map { ("note", $0.text) }
        return rows.map { Self.row($0, $1, width: width ?? 100) }.joined()
    }

    private var prompts: String {
        guard let last = endpoint.calibration.observations.last else { return "length unknown" }
        return
            "\(last.words) words make \(last.tokens) tokens (asked for: \(endpoint.calibration.targetTokens))"
    }

    private var timeToFirstToken: String {
        if let failure = answer?.failure { return "\(Format.unknown) (\(failure.message))" }
        guard let time = answer?.timeToFirstToken else { return Format.unknown }
        return "\(Format.duration(time)) (one request)"
    }

    private var metricsText: String {
        guard let metrics else { return "none found" }
        let names = metrics.families.map(\.text).joined(separator: ", ")
        return "\(metrics.path): \(names)"
    }

    private static let nameWidth = 10

    /// Breaks between words, under the value's beginning.
    private static func row(_ name: String, _ value: String, width: Int) -> String {
        let indent = String(repeating: " ", count: nameWidth)
        var lines = [""]
        for word in value.split(separator: " ", omittingEmptySubsequences: false) {
            let line = lines[lines.count - 1]
            if line.isEmpty || line.count + 1 + word.count <= max(20, width - nameWidth) {
                lines[lines.count - 1] = line.isEmpty ? String(word) : "\(line) \(word)"
            } else {
                lines.append(String(word))
            }
        }
        let start = name + indent.dropFirst(name.count)
        return start + lines.joined(separator: "\n" + indent) + "\n"
    }
}
