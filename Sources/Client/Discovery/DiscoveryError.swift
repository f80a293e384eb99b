package import Measure

/// Why an endpoint can't be used: one line, with the endpoint in it.
package struct DiscoveryError: Error, Sendable, CustomStringConvertible {
    package let endpoint: String
    package let failure: RequestFailure
    /// What to do about it, or nil.
    package let advice: Shown?
    /// A server that starts or loads behaves like this.
    let mayComeUp: Bool
    /// The API that was asked isn't there at all: another one may be.
    let isAbsence: Bool

    package var description: String { "\(endpoint): \(reason)" }

    /// The same without the endpoint's name.
    package var reason: String {
        let said = failure.message.text
        guard let advice else { return said }
        let message = said.hasSuffix(".") ? String(said.dropLast()) : said
        return "\(message); \(advice)"
    }

    init(
        _ endpoint: String, _ failure: RequestFailure, _ settings: ClientSettings, advice: Shown? = nil,
        mayComeUp: Bool? = nil, isAbsence: Bool = false
    ) {
        self.endpoint = endpoint
        self.mayComeUp = mayComeUp ?? failure.mayComeUp
        self.failure = failure
        self.isAbsence = isAbsence
        self.advice = advice ?? Self.usualAdvice(for: failure, settings)
    }

    private static func usualAdvice(for failure: RequestFailure, _ settings: ClientSettings) -> Shown? {
        let loads = failure.saysThatItLoads
        return switch failure.kind {
        case .rejected where loads, .serverError where loads, .notFound where loads:
            loadingAdvice(failure, settings)
        case .nameNotFound: "check the host's name"
        case .connectionRefused:
            settings.wait > 0
                ? "nobody listened there in all that time; is this its port?"
                : "is the server running, and is this its port? (--wait 5m waits for one that starts)"
        case .connectTimeout, .unreachable: "check the address and the firewall"
        case .unauthorized: settings.keyAdvice
        case .timeout: "it may be overloaded or still loading; --timeout gives it longer"
        case .rateLimited: "it limits its clients; wait, or ask for a higher limit"
        case .unavailable: loadingAdvice(failure, settings)
        case .notFound: "check the URL's path, and the model's name"
        case .malformed where failure.status == nil: "does this port speak HTTP/1.1?"
        case .closedEarly, .connectionReset: "does this port speak HTTP (or is it https://)?"
        case .serverError where failure.status == 502 || failure.status == 504:
            "a proxy answered in place of the server; does the server behind it run?"
        case .other where failure.status.map { (300..<400).contains($0) } == true:
            "give that URL, if it is the server you mean: nothing was sent to it"
        default:
            RefusalText(failure.message.text).isAboutLength || failure.status == 413
                ? "ask for less with --input-tokens" : nil
        }
    }

    private static func loadingAdvice(_ failure: RequestFailure, _ settings: ClientSettings) -> Shown {
        let loads = RefusalText(failure.message.text).isAboutLoading
        if settings.wait > 0 {
            return loads
                ? "it was still loading when --wait was over" : "it was no better when --wait was over"
        }
        return loads
            ? "it is loading its model; --wait 5m waits for it"
            : "it may be loading still; --wait 5m waits for it"
    }
}
