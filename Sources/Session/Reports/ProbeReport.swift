import Client
import Measure

/// What discovery found, on one line.
enum ProbeReport {
    static func line(_ endpoint: DiscoveredEndpoint) -> String {
        let info = endpoint.info
        var parts = [info.model.text]
        if let server = info.server { parts.append(server.text) }
        parts.append("\(info.dialect) API")
        if let tokens = endpoint.calibration.observations.last?.tokens {
            parts.append("prompts of \(tokens) tokens")
        }
        parts += endpoint.notes.map(\.text)
        return "plimsoll: \(info.label): \(parts.joined(separator: " · "))\n"
    }
}
