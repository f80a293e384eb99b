import Measure

/// Why an endpoint can't be used: one line, with the endpoint in it.
public struct DiscoveryError: Error, Sendable, CustomStringConvertible {
    public let endpoint: String
    public let failure: RequestFailure
    /// What to do about it, or nil.
    public let advice: String?

    public var description: String {
        let said = failure.message.text
        guard let advice else { return "\(endpoint): \(said)" }
        let message = said.hasSuffix(".") ? String(said.dropLast()) : said
        return "\(endpoint): \(message); \(advice)"
    }

    init(_ endpoint: String, _ failure: RequestFailure, advice: String? = nil) {
        self.endpoint = endpoint
        self.failure = failure
        self.advice = advice ?? Self.usualAdvice(for: failure)
    }

    private static func usualAdvice(for failure: RequestFailure) -> String? {
        switch failure.kind {
        case .nameNotFound: "check the host's name"
        case .connectionRefused: "is the server running, and is this its port?"
        case .connectTimeout, .unreachable: "check the address and the firewall"
        case .unauthorized: "name the variable that holds its API key with --api-key-env"
        case .timeout: "it may be overloaded or still loading; --timeout gives it longer"
        case .rateLimited: "it limits its clients; wait, or ask for a higher limit"
        case .notAStream: "is this an OpenAI-compatible endpoint?"
        default: nil
        }
    }
}
